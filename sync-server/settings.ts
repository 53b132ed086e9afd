import { isId } from '../src/lib/wire/ids';
import { DEFAULT_CHANNELS, DEFAULT_FRAME_BYTES } from '../src/lib/wire/limits';

/** Who may begin a workspace here. */
export type Admission =
	| { readonly kind: 'first' }
	| { readonly kind: 'invite'; readonly tokens: readonly string[] }
	| { readonly kind: 'list'; readonly workspaces: readonly string[] };

/** What a relay is told from outside [7.2]; sizes in bytes. */
export interface Settings {
	readonly host: string;
	readonly port: number;
	/** The store's folder. */
	readonly data: string;
	readonly admission: Admission;
	/** False for the plain protocol [7.6]. */
	readonly auth: boolean;
	/** Hosts that clients dial, lower case; empty where `Host` says so. */
	readonly names: readonly string[];
	readonly frameBytes: number;
	readonly roomBytes: number;
	readonly workspaceBytes: number;
	readonly channels: number;
	readonly connections: number;
	/** Frames a second of a socket. */
	readonly rate: number;
	/** Most that waits to be read by one socket, or sent by it waits for the store. */
	readonly bufferBytes: number;
}

/** A setting can't be followed. The message is a sentence that names it. */
export class SettingsError extends Error {
	override name = 'SettingsError';
}

const TOKEN_LENGTH = 16;

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {SettingsError} at the first value that can't be followed */
export function readSettings(env: Environment): Settings {
	const host = env.RELAY_HOST?.trim() || '127.0.0.1';
	const settings: Settings = {
		host,
		port: whole(env, 'RELAY_PORT', 4184, 0, 65_535),
		data: env.RELAY_DATA?.trim() || '.muster-relay',
		admission: admission(env),
		auth: oneOf(env, 'RELAY_AUTH', ['on', 'off']) === 'on',
		names: list(env.RELAY_NAMES).map((name) => name.toLowerCase()),
		frameBytes: whole(env, 'RELAY_FRAME_BYTES', DEFAULT_FRAME_BYTES, 131_072, 1 << 28),
		roomBytes: whole(env, 'RELAY_ROOM_BYTES', 67_108_864, 1_024, Number.MAX_SAFE_INTEGER),
		workspaceBytes: whole(
			env,
			'RELAY_WORKSPACE_BYTES',
			2_147_483_648,
			1_024,
			Number.MAX_SAFE_INTEGER,
		),
		channels: whole(env, 'RELAY_CHANNELS', DEFAULT_CHANNELS, 1, 65_536),
		connections: whole(env, 'RELAY_CONNECTIONS', 1_024, 1, 65_536),
		rate: whole(env, 'RELAY_RATE', 2_000, 1, 1_000_000),
		bufferBytes: whole(env, 'RELAY_BUFFER_BYTES', 8_388_608, 65_536, 1 << 30),
	};
	checkPlain(settings.auth, host);
	return settings;
}

/**
 * Without auth everyone who reaches the relay reads and writes: so nobody from elsewhere may reach it [7.6].
 * @throws {SettingsError}
 */
export function checkPlain(auth: boolean, host: string): void {
	if (!auth && !isLoopbackHost(host))
		throw new SettingsError(
			`RELAY_AUTH is "off", and the relay would listen on ${host}, where others can reach it. Listen on 127.0.0.1, or leave RELAY_AUTH out.`,
		);
}

/** A name or an address of this machine that nobody from elsewhere reaches. */
export const isLoopbackHost = (host: string): boolean =>
	host === 'localhost' || isLoopback(host.replace(/^\[(.*)\]$/, '$1'));

/** An address as sockets give it. */
export const isLoopback = (address: string): boolean =>
	address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

function admission(env: Environment): Admission {
	const kind = oneOf(env, 'RELAY_ADMIT', ['first', 'invite', 'list']);
	if (kind === 'invite') {
		const tokens = list(env.RELAY_INVITES);
		if (!tokens.length || tokens.some((token) => token.length < TOKEN_LENGTH))
			throw new SettingsError(
				`RELAY_ADMIT is "invite", which needs tokens of at least ${TOKEN_LENGTH} characters in RELAY_INVITES, separated by commas.`,
			);
		return { kind, tokens };
	}
	if (kind === 'list') {
		const workspaces = list(env.RELAY_WORKSPACES);
		const wrong = workspaces.find((id) => !isId(id));
		if (!workspaces.length || wrong !== undefined)
			throw new SettingsError(
				`RELAY_ADMIT is "list", which needs ids of workspaces in RELAY_WORKSPACES, separated by commas${wrong === undefined ? '' : `; "${wrong}" is none`}. Settings, Devices shows a workspace's.`,
			);
		return { kind, workspaces };
	}
	return { kind };
}

const list = (text: string | undefined): string[] =>
	(text ?? '')
		.split(',')
		.map((item) => item.trim())
		.filter(Boolean);

function oneOf<const K extends string>(env: Environment, name: string, values: readonly K[]): K {
	const value = env[name]?.trim() || values[0];
	const known = values.find((one) => one === value);
	if (known === undefined)
		throw new SettingsError(`${name} is "${value}". It can be ${values.join(' or ')}.`);
	return known;
}

function whole(env: Environment, name: string, usual: number, least: number, most: number): number {
	const text = env[name]?.trim();
	if (!text) return usual;
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
	throw new SettingsError(
		`${name} is "${text}". It has to be a whole number from ${least} to ${most}.`,
	);
}
