/** What is in a batch once it is opened. docs/sync.md [5.5] */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { INFLATED_BYTES } from './deflate';

export type Payload =
	{ kind: 'update' | 'snapshot'; update: Uint8Array } | Piece | { kind: 'unknown'; number: number };

/** Part `index` of `count` of a payload that is too long for one batch. */
export interface Piece {
	kind: 'piece';
	/** The same for all pieces of one payload: hex of 8 random bytes. */
	id: string;
	index: number;
	count: number;
	part: Uint8Array;
}

const UPDATE = 1;
const SNAPSHOT = 2;
const PIECE = 3;
const ID_BYTES = 8;
/** Room for what stands before a part. */
const PIECE_HEAD = 32;

/** The payloads that carry an update, each at most `most` bytes: one where it fits, else pieces of it. */
export function payloadsOf(
	kind: 'update' | 'snapshot',
	update: Uint8Array,
	most: number,
): Uint8Array[] {
	const whole = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, kind === 'update' ? UPDATE : SNAPSHOT);
		encoding.writeUint8Array(encoder, update);
	});
	if (whole.length <= most) return [whole];
	if (whole.length > INFLATED_BYTES)
		throw new RangeError('An update is longer than a room may hold');
	const size = most - PIECE_HEAD;
	const count = Math.ceil(whole.length / size);
	const id = crypto.getRandomValues(new Uint8Array(ID_BYTES));
	return Array.from({ length: count }, (_, index) =>
		encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, PIECE);
			encoding.writeUint8Array(encoder, id);
			encoding.writeVarUint(encoder, index);
			encoding.writeVarUint(encoder, count);
			encoding.writeUint8Array(encoder, whole.subarray(index * size, (index + 1) * size));
		}),
	);
}

/** Throws an Error for bytes that are no payload. */
export function readPayload(bytes: Uint8Array): Payload {
	const decoder = decoding.createDecoder(bytes);
	const number = decoding.readVarUint(decoder);
	if (number === UPDATE || number === SNAPSHOT)
		return {
			kind: number === UPDATE ? 'update' : 'snapshot',
			update: decoding.readTailAsUint8Array(decoder),
		};
	if (number !== PIECE) return { kind: 'unknown', number };
	const id = [...decoding.readUint8Array(decoder, ID_BYTES)]
		.map((byte) => byte.toString(16).padStart(2, '0'))
		.join('');
	const index = decoding.readVarUint(decoder);
	const count = decoding.readVarUint(decoder);
	if (index >= count || count > 65_536) throw new Error('A piece stands outside of its whole');
	return { kind: 'piece', id, index, count, part: decoding.readTailAsUint8Array(decoder) };
}

/** The payload whose pieces these are, in any order, some perhaps twice; null while one is missing. */
export function joinPieces(pieces: readonly Piece[]): Payload | null {
	const count = pieces[0]?.count ?? 0;
	const parts = new Map(pieces.map(({ index, part }) => [index, part]));
	if (count === 0 || parts.size < count || pieces.some((piece) => piece.count !== count))
		return null;
	const length = [...parts.values()].reduce((sum, part) => sum + part.length, 0);
	if (length > INFLATED_BYTES) throw new RangeError('A payload is longer than a room may hold');
	const whole = new Uint8Array(length);
	let at = 0;
	for (let i = 0; i < count; i++) {
		const part = parts.get(i);
		if (!part) return null;
		whole.set(part, at);
		at += part.length;
	}
	const payload = readPayload(whole);
	if (payload.kind === 'piece') throw new Error('A piece is cut again');
	return payload;
}
