import { MalformedError, type Bytes } from './bytes';
import {
	INVITE_BYTES,
	NONCE_BYTES,
	REASON_BYTES,
	SIGNATURE_BYTES,
	STATEMENT_BYTES,
} from './limits';
import { Reader, Writer } from './reader';

/** Numbers of frames on the socket [2.1]. */
export const FRAME = {
	hello: 0,
	auth: 1,
	begin: 2,
	ready: 3,
	roster: 4,
	append: 5,
	open: 6,
	close: 7,
	data: 8,
	mailbox: 9,
	put: 10,
	got: 11,
	mailboxEnded: 12,
	joined: 13,
} as const;

/** Of an append: taken, the roster has moved on, refused for the reason that is given. */
export const APPEND = { taken: 0, moved: 1, refused: 2 } as const;
export type AppendResult = (typeof APPEND)[keyof typeof APPEND];

/** One y-websocket message on a channel. `message` is a view into the frame it was read from. */
export interface DataFrame {
	readonly kind: 'data';
	readonly channel: number;
	readonly message: Bytes;
}

export interface CloseFrame {
	readonly kind: 'close';
	readonly channel: number;
	readonly code: number;
	readonly reason: string;
}

export type ClientFrame =
	| { readonly kind: 'hello'; readonly min: number; readonly max: number }
	| {
			readonly kind: 'auth';
			readonly workspace: string;
			readonly device: string;
			readonly signature: Bytes;
	  }
	| { readonly kind: 'begin'; readonly statement: Bytes; readonly invite: string }
	| { readonly kind: 'roster'; readonly from: number }
	| { readonly kind: 'append'; readonly request: number; readonly statement: Bytes }
	| { readonly kind: 'open'; readonly channel: number; readonly room: string }
	| CloseFrame
	| DataFrame
	| { readonly kind: 'mailbox'; readonly id: string }
	| { readonly kind: 'put'; readonly id: string; readonly sealed: Bytes };

export type RelayFrame =
	| {
			readonly kind: 'hello';
			readonly version: number;
			readonly nonce: Bytes;
			readonly maxFrame: number;
			readonly maxChannels: number;
	  }
	| { readonly kind: 'ready'; readonly length: number }
	| { readonly kind: 'roster'; readonly from: number; readonly statements: readonly Bytes[] }
	| {
			readonly kind: 'append';
			readonly request: number;
			readonly result: AppendResult;
			readonly reason: string;
	  }
	| CloseFrame
	| DataFrame
	| { readonly kind: 'got'; readonly id: string; readonly sealed: Bytes }
	| {
			readonly kind: 'mailbox-ended';
			readonly id: string;
			readonly code: number;
			readonly reason: string;
	  }
	| { readonly kind: 'joined'; readonly id: string };

export function encodeClientFrame(frame: ClientFrame): Bytes {
	const to = new Writer();
	switch (frame.kind) {
		case 'hello':
			return to.uint(FRAME.hello).uint(frame.min).uint(frame.max).done();
		case 'auth':
			to.uint(FRAME.auth).string(frame.workspace).string(frame.device);
			return to.bytes(frame.signature).done();
		case 'begin':
			return to.uint(FRAME.begin).bytes(frame.statement).string(frame.invite).done();
		case 'roster':
			return to.uint(FRAME.roster).uint(frame.from).done();
		case 'append':
			return to.uint(FRAME.append).uint(frame.request).bytes(frame.statement).done();
		case 'open':
			return to.uint(FRAME.open).uint(frame.channel).string(frame.room).done();
		case 'close':
		case 'data':
			return encodeShared(to, frame);
		case 'mailbox':
			return to.uint(FRAME.mailbox).string(frame.id).done();
		case 'put':
			return to.uint(FRAME.put).string(frame.id).bytes(frame.sealed).done();
	}
}

export function encodeRelayFrame(frame: RelayFrame): Bytes {
	const to = new Writer();
	switch (frame.kind) {
		case 'hello':
			to.uint(FRAME.hello).uint(frame.version).bytes(frame.nonce);
			return to.uint(frame.maxFrame).uint(frame.maxChannels).done();
		case 'ready':
			return to.uint(FRAME.ready).uint(frame.length).done();
		case 'roster':
			to.uint(FRAME.roster).uint(frame.from).uint(frame.statements.length);
			for (const statement of frame.statements) to.bytes(statement);
			return to.done();
		case 'append':
			to.uint(FRAME.append).uint(frame.request).uint(frame.result);
			return to.string(frame.reason).done();
		case 'close':
		case 'data':
			return encodeShared(to, frame);
		case 'got':
			return to.uint(FRAME.got).string(frame.id).bytes(frame.sealed).done();
		case 'mailbox-ended':
			to.uint(FRAME.mailboxEnded).string(frame.id).uint(frame.code);
			return to.string(frame.reason).done();
		case 'joined':
			return to.uint(FRAME.joined).string(frame.id).done();
	}
}

function encodeShared(to: Writer, frame: CloseFrame | DataFrame): Bytes {
	if (frame.kind === 'data')
		return to.uint(FRAME.data).uint(frame.channel).raw(frame.message).done();
	to.uint(FRAME.close).uint(frame.channel).uint(frame.code);
	return to.string(frame.reason).done();
}

/**
 * What a client sent. Checks the form alone: ids and rooms are text here, of any kind.
 * @throws {MalformedError} and nothing else, for anything that is not exactly one frame of a client
 */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
	const from = new Reader(bytes);
	const frame = readClientFrame(from, from.uint());
	from.end();
	return frame;
}

/**
 * What a relay sent.
 * @throws {MalformedError} and nothing else, for anything that is not exactly one frame of a relay
 */
export function decodeRelayFrame(bytes: Uint8Array): RelayFrame {
	const from = new Reader(bytes);
	const frame = readRelayFrame(from, from.uint());
	from.end();
	return frame;
}

function readClientFrame(from: Reader, number: number): ClientFrame {
	switch (number) {
		case FRAME.hello:
			return { kind: 'hello', min: from.uint(), max: from.uint() };
		case FRAME.auth:
			return {
				kind: 'auth',
				workspace: from.string(),
				device: from.string(),
				signature: from.bytes(SIGNATURE_BYTES),
			};
		case FRAME.begin:
			return {
				kind: 'begin',
				statement: from.bytes(STATEMENT_BYTES),
				invite: from.string(INVITE_BYTES),
			};
		case FRAME.roster:
			return { kind: 'roster', from: from.uint() };
		case FRAME.append:
			return { kind: 'append', request: from.uint(), statement: from.bytes(STATEMENT_BYTES) };
		case FRAME.open:
			return { kind: 'open', channel: from.uint(), room: from.string() };
		case FRAME.mailbox:
			return { kind: 'mailbox', id: from.string() };
		case FRAME.put:
			return { kind: 'put', id: from.string(), sealed: from.bytes() };
		default:
			return readShared(from, number);
	}
}

function readRelayFrame(from: Reader, number: number): RelayFrame {
	switch (number) {
		case FRAME.hello: {
			const [version, nonce] = [from.uint(), from.bytes(NONCE_BYTES)];
			if (nonce.length !== NONCE_BYTES) throw new MalformedError('no nonce');
			return { kind: 'hello', version, nonce, maxFrame: from.uint(), maxChannels: from.uint() };
		}
		case FRAME.ready:
			return { kind: 'ready', length: from.uint() };
		case FRAME.roster: {
			const [start, count] = [from.uint(), from.uint()];
			const statements: Bytes[] = [];
			// Grows with what is there, never with what a number promises.
			for (let n = 0; n < count; n++) statements.push(from.bytes(STATEMENT_BYTES));
			return { kind: 'roster', from: start, statements };
		}
		case FRAME.append: {
			const [request, result] = [from.uint(), from.uint()];
			if (result !== APPEND.taken && result !== APPEND.moved && result !== APPEND.refused)
				throw new MalformedError('unknown result');
			return { kind: 'append', request, result, reason: from.string(REASON_BYTES) };
		}
		case FRAME.got:
			return { kind: 'got', id: from.string(), sealed: from.bytes() };
		case FRAME.mailboxEnded:
			return {
				kind: 'mailbox-ended',
				id: from.string(),
				code: from.uint(),
				reason: from.string(REASON_BYTES),
			};
		case FRAME.joined:
			return { kind: 'joined', id: from.string() };
		default:
			return readShared(from, number);
	}
}

function readShared(from: Reader, number: number): CloseFrame | DataFrame {
	if (number === FRAME.data) return { kind: 'data', channel: from.uint(), message: from.rest() };
	if (number !== FRAME.close) throw new MalformedError('unknown frame');
	return {
		kind: 'close',
		channel: from.uint(),
		code: from.uint(),
		reason: from.string(REASON_BYTES),
	};
}
