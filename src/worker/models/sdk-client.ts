import { BaseAnthropic, type ClientOptions } from '@anthropic-ai/sdk/client';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models } from '@anthropic-ai/sdk/resources/models';
import type { Connection, Quirks } from '$lib/domain/connection';
import { guardedFetch, type Fetch, type Patience } from './guarded-fetch';

/** An endpoint with all it takes to call it. */
export interface Endpoint {
	/** Without a trailing slash and without `/v1`. */
	baseUrl: string;
	auth: Connection['auth'];
	key: string | null;
	quirks: Quirks;
	fetch: Fetch;
	patience: Patience;
}

/** The SDK's client with two of its resources: a quarter of the size of all of them. */
export class SdkClient extends BaseAnthropic {
	readonly messages = new Messages(this);
	readonly models = new Models(this);

	/** Nothing on this device but the connection itself may supply a credential. */
	protected override _shouldResolveDefaultCredentials(): boolean {
		return false;
	}
}

export function sdkClient(endpoint: Endpoint): SdkClient {
	const { auth, key } = endpoint;
	const bearer = auth === 'bearer' && key !== null;
	const options: ClientOptions = {
		baseURL: endpoint.baseUrl,
		apiKey: bearer ? key : null,
		authToken: null,
		defaultHeaders: bearer
			? {}
			: { authorization: null, ...(auth === 'x-api-key' && key !== null && { 'x-api-key': key }) },
		// Retries are the engine's: each is an event that a person can see.
		maxRetries: 0,
		// Without it the CORS header is missing. The key is the user's own and stays in this worker.
		dangerouslyAllowBrowser: true,
		// Its log writes requests and what it could not parse.
		logLevel: 'off',
		openTelemetry: false,
		fetch: guardedFetch(endpoint.fetch, new URL(endpoint.baseUrl).origin, {
			dropHeaders: endpoint.quirks.dropHeaders,
			patience: endpoint.patience,
		}),
	};
	return new SdkClient(options);
}
