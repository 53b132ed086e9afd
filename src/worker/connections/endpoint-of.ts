import type { Connection } from '$lib/domain/connection';
import { quirksOf } from '$lib/domain/quirks';
import { localPatience, patience, type Fetch } from '../models/guarded-fetch';
import type { Endpoint } from '../models/sdk-client';
import type { Surroundings } from '../models/sdk-model';
import { lazily } from './lazily';
import { whereabouts } from '../models/whereabouts';

/** What the connections need of the world around them. */
export interface World {
	fetch: Fetch;
	surroundings: Surroundings;
}

/** The worker's own world. */
export const realWorld: World = {
	fetch: (url, init) => fetch(url, init),
	surroundings: () => ({
		online: navigator.onLine,
		securePage: location.protocol === 'https:',
		pageOrigin: location.origin,
		now: Date.now(),
	}),
};

/** Everything a call to this connection needs. The practice model brings its own fetch, loaded when asked for. */
export async function endpointOf(
	connection: Pick<Connection, 'kind' | 'baseUrl' | 'auth' | 'profile'>,
	key: string | null,
	world: World,
): Promise<Endpoint> {
	const quirks = quirksOf(connection);
	if (connection.kind === 'practice') {
		const { practiceFetch, practiceUrl } = await lazily(
			() => import('../models/practice/practice-fetch'),
		);
		return {
			baseUrl: practiceUrl,
			auth: 'none',
			key: null,
			quirks,
			fetch: practiceFetch(),
			patience,
		};
	}
	const { baseUrl, auth } = connection;
	return {
		baseUrl,
		auth,
		key,
		quirks,
		fetch: world.fetch,
		patience: whereabouts(baseUrl) === 'internet' ? patience : localPatience,
	};
}
