import { fromBase64Url } from './base64url';
import { fromUtf8, MalformedError, utf8, type Bytes } from './bytes';
import type { PublicKeys } from './device';
import { isId } from './ids';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, STATEMENT_BYTES } from './limits';
import { Reader, Writer } from './reader';
import { isWrap } from './wrap';

/** A statement as it travels and is kept: the signature is over these bytes of the body, and no others [1.2]. */
export interface Statement {
	readonly body: Bytes;
	readonly signature: Bytes;
}

export type MemberKind = 'device' | 'recovery';
/** Epoch → id of a member → wrap of the epoch's secret for that member. */
export type Wraps = ReadonlyMap<number, ReadonlyMap<string, string>>;

interface Common {
	/** Epoch milliseconds, by the clock of the device that signs: to be shown, never to be compared. */
	readonly at: number;
	/** `b64u` hash of the body before; null in the first. */
	readonly prev: string | null;
	readonly by: string;
	readonly wraps: Wraps;
}

export type Body =
	| (Common & { readonly op: 'begin'; readonly device: PublicKeys; readonly salt: string })
	| (Common & { readonly op: 'add'; readonly device: PublicKeys; readonly kind: MemberKind })
	| (Common & { readonly op: 'remove'; readonly device: string });

/** Written by a newer Muster: this one can't follow the roster any further [1.3]. */
export class UpdateNeededError extends Error {
	override name = 'UpdateNeededError';
}

export const SALT_BYTES = 16;
const HASH_BYTES = 32;

export const encodeStatement = ({ body, signature }: Statement): Bytes =>
	new Writer().bytes(body).bytes(signature).done();

/** @throws {MalformedError} */
export function decodeStatement(bytes: Uint8Array): Statement {
	if (bytes.length > STATEMENT_BYTES) throw new MalformedError('statement too long');
	const from = new Reader(bytes);
	// Copies: what was read may be a view into a frame, and statements are kept.
	const statement = { body: from.bytes().slice(), signature: from.bytes().slice() };
	from.end();
	if (statement.signature.length !== SIGNATURE_BYTES) throw new MalformedError('no signature');
	return statement;
}

/** A body as JSON. The order of keys is this code's own; readers take any. */
export function encodeBody(body: Body): Bytes {
	const { op, at, prev, by } = body;
	const keys = Object.fromEntries(
		[...body.wraps].map(([epoch, wraps]) => [String(epoch), Object.fromEntries(wraps)]),
	);
	const more =
		body.op === 'begin' ? { salt: body.salt } : body.op === 'add' ? { kind: body.kind } : {};
	return utf8(JSON.stringify({ v: 1, op, at, prev, by, device: body.device, ...more, keys }));
}

/**
 * Reads the form of a body, and ignores what it doesn't know in one [1.7].
 * @throws {UpdateNeededError} where `v` or `op` is another [1.3]
 * @throws {MalformedError}
 */
export function decodeBody(bytes: Uint8Array): Body {
	const json = parse(bytes);
	if (!isRecord(json) || typeof json.v !== 'number') throw new MalformedError('no body');
	const { v, op, at, prev, by, device, keys, salt, kind } = json;
	if (v !== 1) throw new UpdateNeededError(`statements of version ${v}`);
	if (typeof op !== 'string') throw new MalformedError('no op');
	if (op !== 'begin' && op !== 'add' && op !== 'remove')
		throw new UpdateNeededError(`a statement that says ${op.slice(0, 32)}`);
	if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0)
		throw new MalformedError('no time');
	if (typeof by !== 'string' || !isId(by)) throw new MalformedError('no signer');
	const common = { at, by, wraps: readWraps(keys) };
	if (op === 'begin') {
		if (prev !== null) throw new MalformedError('a beginning has nothing before it');
		if (!isBytes(salt, SALT_BYTES)) throw new MalformedError('no salt');
		return { ...common, op, prev, device: readKeys(device), salt };
	}
	if (!isBytes(prev, HASH_BYTES)) throw new MalformedError('nothing before it');
	if (op === 'remove') {
		if (typeof device !== 'string' || !isId(device)) throw new MalformedError('no device');
		return { ...common, op, prev, device };
	}
	if (kind !== 'device' && kind !== 'recovery') throw new MalformedError('no kind');
	return { ...common, op, prev, device: readKeys(device), kind };
}

/**
 * What a chain of statements holds for one member: its wraps, by epoch.
 * @param statements of a roster that was checked
 */
export function wrapsFor(member: string, statements: Iterable<Statement>): Map<number, string> {
	const found = new Map<number, string>();
	for (const { body } of statements)
		for (const [epoch, wraps] of decodeBody(body).wraps) {
			const wrap = wraps.get(member);
			if (wrap !== undefined) found.set(epoch, wrap);
		}
	return found;
}

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(fromUtf8(bytes));
	} catch {
		throw new MalformedError('no JSON');
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function isBytes(value: unknown, length: number): value is string {
	try {
		return typeof value === 'string' && fromBase64Url(value, length).length === length;
	} catch {
		return false;
	}
}

function readKeys(device: unknown): PublicKeys {
	if (!isRecord(device)) throw new MalformedError('no keys');
	const { sign, agree } = device;
	if (!isBytes(sign, PUBLIC_KEY_BYTES) || !isBytes(agree, PUBLIC_KEY_BYTES))
		throw new MalformedError('no keys');
	return { sign, agree };
}

function readWraps(keys: unknown): Wraps {
	if (!isRecord(keys)) throw new MalformedError('no wraps');
	const all = new Map<number, ReadonlyMap<string, string>>();
	for (const [epoch, wraps] of Object.entries(keys)) {
		if (!/^[1-9][0-9]{0,4}$/.test(epoch) || !isRecord(wraps)) throw new MalformedError('no epoch');
		const members = new Map<string, string>();
		for (const [member, wrap] of Object.entries(wraps)) {
			if (!isId(member) || !isWrap(wrap)) throw new MalformedError('no wrap');
			members.set(member, wrap);
		}
		all.set(Number(epoch), members);
	}
	return all;
}
