import { MalformedError, type Bytes } from './bytes';
import { BROADCAST_BYTES } from './limits';
import { Reader, Writer } from './reader';

/** Numbers of y-websocket messages, ours included [2.9]. */
export const MESSAGE = {
	sync: 0,
	awareness: 1,
	queryAwareness: 3,
	confirm: 102,
	broadcast: 103,
} as const;

/** Numbers of y-protocols' sync messages. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** One message on a channel. Bytes are views into what it was read from. */
export type Message =
	| { readonly kind: 'step1'; readonly stateVector: Bytes }
	| { readonly kind: 'step2'; readonly update: Bytes }
	| { readonly kind: 'update'; readonly update: Bytes }
	| { readonly kind: 'awareness'; readonly update: Bytes }
	| { readonly kind: 'query-awareness' }
	/** Asked by a client, answered by the relay when what came before is kept [3.2]. */
	| { readonly kind: 'confirm'; readonly n: number }
	| { readonly kind: 'broadcast'; readonly sealed: Bytes };

export function encodeMessage(message: Message): Bytes {
	const to = new Writer();
	switch (message.kind) {
		case 'step1':
			return to.uint(MESSAGE.sync).uint(SYNC.step1).bytes(message.stateVector).done();
		case 'step2':
		case 'update':
			return to.uint(MESSAGE.sync).uint(SYNC[message.kind]).bytes(message.update).done();
		case 'awareness':
			return to.uint(MESSAGE.awareness).bytes(message.update).done();
		case 'query-awareness':
			return to.uint(MESSAGE.queryAwareness).done();
		case 'confirm':
			return to.uint(MESSAGE.confirm).uint(message.n).done();
		case 'broadcast':
			return to.uint(MESSAGE.broadcast).bytes(message.sealed).done();
	}
}

/**
 * Reads the form; whether an update is one, Yjs finds out.
 * @throws {MalformedError} and nothing else, for anything that is not exactly one known message
 */
export function decodeMessage(bytes: Uint8Array): Message {
	const from = new Reader(bytes);
	const message = readMessage(from, from.uint());
	from.end();
	return message;
}

function readMessage(from: Reader, number: number): Message {
	switch (number) {
		case MESSAGE.sync:
			return readSync(from, from.uint());
		case MESSAGE.awareness:
			return { kind: 'awareness', update: from.bytes() };
		case MESSAGE.queryAwareness:
			return { kind: 'query-awareness' };
		case MESSAGE.confirm:
			return { kind: 'confirm', n: from.uint() };
		case MESSAGE.broadcast:
			return { kind: 'broadcast', sealed: from.bytes(BROADCAST_BYTES) };
		default:
			throw new MalformedError('unknown message');
	}
}

function readSync(from: Reader, step: number): Message {
	switch (step) {
		case SYNC.step1:
			return { kind: 'step1', stateVector: from.bytes() };
		case SYNC.step2:
			return { kind: 'step2', update: from.bytes() };
		case SYNC.update:
			return { kind: 'update', update: from.bytes() };
		default:
			throw new MalformedError('unknown sync message');
	}
}
