/** How the store's records are named and written. A change here is a new format number. */
import { crc32 } from 'node:zlib';
import { Reader, Writer } from '../../src/lib/wire/reader';
import type { Span } from './port';

/** The format of the store's folder [7.4]. */
export const FORMAT = 1;

const padded = (n: number): string => String(n).padStart(12, '0');

// '!' stands below every character of an id or a room, and '"' follows it: so a prefix is a range.
export const workspaceKey = (workspace: string): string => `workspace!${workspace}`;
export const statementKey = (workspace: string, index: number): string =>
	`statement!${workspace}!${padded(index)}`;
export const spanKey = (workspace: string, room: string): string => `span!${workspace}!${room}`;
export const updateKey = (workspace: string, room: string, n: number): string =>
	`update!${workspace}!${room}!${padded(n)}`;

/** All keys that begin with this and a `!`. */
export const under = (...parts: string[]): { gte: string; lt: string } => ({
	gte: `${parts.join('!')}!`,
	lt: `${parts.join('!')}"`,
});

export const numberOf = (key: string): number => Number(key.slice(-12));

/** A value with a checksum before it, since LevelDB does not check what it reads from its tables. */
export function sealed(value: Uint8Array): Uint8Array {
	const record = new Uint8Array(4 + value.length);
	new DataView(record.buffer).setUint32(0, crc32(value));
	record.set(value, 4);
	return record;
}

/** The value, or null where it is damaged. */
export function unsealed(record: Uint8Array): Uint8Array | null {
	if (record.length < 4) return null;
	const value = record.subarray(4);
	const sum = new DataView(record.buffer, record.byteOffset, 4).getUint32(0);
	return crc32(value) === sum ? value : null;
}

export const encodeSpan = ({ first, next, bytes }: Span): Uint8Array =>
	sealed(new Writer().uint(first).uint(next).uint(bytes).done());

/** Null where it is damaged. */
export function decodeSpan(record: Uint8Array): Span | null {
	const value = unsealed(record);
	if (!value) return null;
	const from = new Reader(value);
	return { first: from.uint(), next: from.uint(), bytes: from.uint() };
}
