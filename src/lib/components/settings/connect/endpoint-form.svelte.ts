import { endpointProfiles, type EndpointProfile } from '$lib/domain/quirks';
import type { Connection } from '$lib/domain/connection';
import type { ConnectionDraft } from '$lib/domain/rpc';

/** Kinds of server one can connect by address; Anthropic itself needs none. */
export const endpointKinds: readonly EndpointProfile[] = endpointProfiles.filter(
	({ id }) => id !== 'anthropic',
);

/** What a connection needs that has no choices: Anthropic, and Practice. */
export function draftFor(kind: 'anthropic' | 'practice'): ConnectionDraft {
	if (kind === 'practice')
		return { kind, name: 'Practice', baseUrl: '', auth: 'none', profile: 'practice' };
	const profile = profileNamed('anthropic');
	return { kind, name: profile.label, baseUrl: profile.baseUrl, auth: profile.auth, profile: kind };
}

/** What is typed about an endpoint, except its key, which stays in its input. */
export class EndpointForm {
	name = $state('');
	baseUrl = $state('');
	auth = $state<Connection['auth']>('none');
	/** Model ids, one a line. */
	typed = $state('');
	#profile = $state('ollama');
	#id: string | undefined;

	/** Starts from a connection that exists, or as the first kind suggests. */
	constructor(connection?: Connection) {
		if (!connection) {
			this.profile = 'ollama';
			return;
		}
		this.#id = connection.id;
		this.#profile = connection.profile;
		this.name = connection.name;
		this.baseUrl = connection.baseUrl;
		this.auth = connection.auth;
		this.typed = connection.models
			.filter(({ source }) => source === 'typed')
			.map(({ id }) => id)
			.join('\n');
	}

	get profile(): string {
		return this.#profile;
	}

	/** Choosing a kind fills in what is usual for it. */
	set profile(id: string) {
		const { baseUrl, auth } = profileNamed(id);
		this.#profile = id;
		this.baseUrl = baseUrl;
		this.auth = auth;
	}

	get details(): EndpointProfile {
		return profileNamed(this.#profile);
	}

	/** Without a header no key is sent and none stays saved; `key` undefined keeps the saved one otherwise. */
	draft(key: string | undefined): ConnectionDraft {
		const typedModels = this.typed.split(/[\s,]+/).filter((id) => id !== '');
		return {
			id: this.#id,
			kind: 'compatible',
			name: this.name.trim() || this.details.label,
			baseUrl: this.baseUrl.trim(),
			auth: this.auth,
			profile: this.#profile,
			...(this.auth === 'none' ? { key: '' } : key === undefined ? {} : { key }),
			...(typedModels.length > 0 ? { typedModels } : {}),
		};
	}
}

function profileNamed(id: string): EndpointProfile {
	const profile =
		endpointProfiles.find((one) => one.id === id) ??
		endpointProfiles.find((one) => one.id === 'other');
	if (!profile) throw new TypeError('There is always a profile for other servers');
	return profile;
}
