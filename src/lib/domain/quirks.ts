/**
 * What kinds of endpoint there are and how each differs from Anthropic's own. A profile is chosen when a
 * connection is made and named in it, so that a correction here reaches the connections people already have.
 */
import type { Connection, Quirks } from './connection';

export interface EndpointProfile {
	/** As {@link Connection.profile} names it. */
	id: string;
	label: string;
	/** What the form starts with. */
	baseUrl: string;
	auth: Connection['auth'];
	/** Whether the kind is known to want a key; a key can always be given. */
	needsKey: boolean;
	/** Where the key can be asked about, for endpoints that list their models to everybody. */
	keyCheck?: string;
	/** One sentence for the form, where there is something to know before connecting. */
	hint: string | null;
	quirks: Quirks;
}

/**
 * Headers the SDK adds of its own accord. A browser asks the server's permission for each of them, and servers
 * that don't know them refuse the whole request. A trailing `*` stands for any ending.
 */
const sdkHeaders = ['x-stainless-*', 'user-agent', 'anthropic-dangerous-direct-browser-access'];

const plain: Quirks = {
	lists: 'models',
	dropHeaders: [...sdkHeaders, 'anthropic-version'],
	sendsThinking: false,
	sendsEffort: false,
	sendsSchema: false,
	sendsCacheControl: false,
	listsInputs: false,
};

export const endpointProfiles: readonly EndpointProfile[] = [
	{
		id: 'anthropic',
		label: 'Anthropic',
		baseUrl: 'https://api.anthropic.com',
		auth: 'bearer',
		needsKey: true,
		hint: null,
		quirks: {
			lists: 'models',
			dropHeaders: [],
			sendsThinking: true,
			sendsEffort: true,
			sendsSchema: true,
			sendsCacheControl: true,
			listsInputs: true,
		},
	},
	{
		id: 'ollama',
		label: 'Ollama',
		baseUrl: 'http://localhost:11434',
		auth: 'none',
		needsKey: false,
		hint: 'Ollama answers only pages it knows: set OLLAMA_ORIGINS to this page’s address and restart it',
		quirks: { ...plain, sendsThinking: true },
	},
	{
		id: 'lm-studio',
		label: 'LM Studio',
		baseUrl: 'http://localhost:1234',
		auth: 'none',
		needsKey: false,
		hint: 'Start the server in LM Studio’s Developer tab and turn on “Enable CORS”',
		quirks: { ...plain, sendsThinking: true },
	},
	{
		id: 'llama-cpp',
		label: 'llama.cpp',
		baseUrl: 'http://localhost:8080',
		auth: 'none',
		needsKey: false,
		hint: 'Start llama-server with --jinja, so that its model can call tools',
		quirks: { ...plain, sendsThinking: true },
	},
	{
		id: 'openrouter',
		label: 'OpenRouter',
		baseUrl: 'https://openrouter.ai/api',
		keyCheck: '/v1/key',
		auth: 'bearer',
		needsKey: true,
		hint: null,
		quirks: {
			...plain,
			sendsThinking: true,
			sendsEffort: true,
			sendsSchema: true,
			sendsCacheControl: true,
			listsInputs: true,
		},
	},
	{
		id: 'deepseek',
		label: 'DeepSeek',
		baseUrl: 'https://api.deepseek.com/anthropic',
		auth: 'x-api-key',
		needsKey: true,
		hint: null,
		quirks: { ...plain, sendsThinking: true },
	},
	{
		id: 'other',
		label: 'Other',
		baseUrl: '',
		auth: 'bearer',
		needsKey: false,
		hint: 'Any server that answers /v1/messages the way Anthropic does',
		quirks: { ...plain, dropHeaders: sdkHeaders, sendsThinking: true },
	},
];

/** The built-in scripted model speaks the whole API. Not in the list: it is no endpoint to choose. */
export const practiceQuirks: Quirks = {
	lists: 'models',
	dropHeaders: [],
	sendsThinking: true,
	sendsEffort: true,
	sendsSchema: true,
	sendsCacheControl: true,
	listsInputs: true,
};

/** The quirks a connection is to be treated with; a profile this build does not know counts as `other`. */
export function quirksOf(connection: Pick<Connection, 'kind' | 'profile'>): Quirks {
	if (connection.kind === 'practice') return practiceQuirks;
	const known =
		endpointProfiles.find((profile) => profile.id === connection.profile) ??
		endpointProfiles.find((profile) => profile.id === 'other');
	return known?.quirks ?? plain;
}
