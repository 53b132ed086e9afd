import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url';
import { MalformedError, type Bytes } from './bytes';
import {
	decodeClientFrame,
	decodeRelayFrame,
	encodeClientFrame,
	encodeRelayFrame,
	type ClientFrame,
	type RelayFrame,
} from './frames';
import { isId, isRoom } from './ids';
import { BROADCAST_BYTES, REASON_BYTES, STATEMENT_BYTES } from './limits';
import { decodeMessage, encodeMessage, type Message } from './messages';

const uint = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const bytes = (maxLength = 300) => fc.uint8Array({ maxLength }) as fc.Arbitrary<Bytes>;
const exactly = (length: number) =>
	fc.uint8Array({ minLength: length, maxLength: length }) as fc.Arbitrary<Bytes>;
/** UTF-8 knows no lone surrogates. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const is = <const K extends string>(kind: K) => fc.constant(kind);

const shared = [
	fc.record({ kind: is('close'), channel: uint, code: uint, reason: text }),
	fc.record({ kind: is('data'), channel: uint, message: bytes() }),
] as const;
const clientFrame: fc.Arbitrary<ClientFrame> = fc.oneof(
	fc.record({ kind: is('hello'), min: uint, max: uint }),
	fc.record({ kind: is('auth'), workspace: text, device: text, signature: bytes(64) }),
	fc.record({ kind: is('begin'), statement: bytes(), invite: text }),
	fc.record({ kind: is('roster'), from: uint }),
	fc.record({ kind: is('append'), request: uint, statement: bytes() }),
	fc.record({ kind: is('open'), channel: uint, room: text }),
	fc.record({ kind: is('mailbox'), id: text }),
	fc.record({ kind: is('put'), id: text, sealed: bytes() }),
	...shared,
);
const relayFrame: fc.Arbitrary<RelayFrame> = fc.oneof(
	fc.record({
		kind: is('hello'),
		version: uint,
		nonce: exactly(32),
		maxFrame: uint,
		maxChannels: uint,
	}),
	fc.record({ kind: is('ready'), length: uint }),
	fc.record({ kind: is('roster'), from: uint, statements: fc.array(bytes(), { maxLength: 5 }) }),
	fc.record({
		kind: is('append'),
		request: uint,
		result: fc.constantFrom(0 as const, 1 as const, 2 as const),
		reason: text,
	}),
	fc.record({ kind: is('got'), id: text, sealed: bytes() }),
	fc.record({ kind: is('mailbox-ended'), id: text, code: uint, reason: text }),
	fc.record({ kind: is('joined'), id: text }),
	...shared,
);
const message: fc.Arbitrary<Message> = fc.oneof(
	fc.record({ kind: is('step1'), stateVector: bytes() }),
	fc.record({ kind: fc.constantFrom('step2' as const, 'update' as const), update: bytes() }),
	fc.record({ kind: is('awareness'), update: bytes() }),
	fc.record({ kind: is('query-awareness') }),
	fc.record({ kind: is('confirm'), n: uint }),
	fc.record({ kind: is('broadcast'), sealed: bytes() }),
);

const formats = [
	{
		name: 'frame of a client',
		any: clientFrame,
		write: encodeClientFrame,
		read: decodeClientFrame,
	},
	{ name: 'frame of a relay', any: relayFrame, write: encodeRelayFrame, read: decodeRelayFrame },
	{ name: 'message', any: message, write: encodeMessage, read: decodeMessage },
] as unknown as {
	name: string;
	any: fc.Arbitrary<{ kind: string }>;
	write: (value: unknown) => Bytes;
	read: (bytes: Uint8Array) => unknown;
}[];

/** What reading gives, unless it is the named error; any other error is the test's. */
function readOr(read: (bytes: Uint8Array) => unknown, from: Uint8Array): unknown {
	try {
		return read(from);
	} catch (error) {
		expect(error).toBeInstanceOf(MalformedError);
		return MalformedError;
	}
}

describe.each(formats)('[2.1] a $name', ({ any, write, read }) => {
	it('is read as it was written', () => {
		fc.assert(fc.property(any, (value) => void expect(read(write(value))).toEqual(value)));
	});

	it('that was cut short is malformed, or one whose last part is what is left', () => {
		fc.assert(
			fc.property(any, fc.nat(), (value, cut) => {
				const whole = write(value);
				const part = readOr(read, whole.subarray(0, cut % whole.length));
				if (value.kind !== 'data') expect(part).toBe(MalformedError);
			}),
		);
	});

	it('with bytes behind it is malformed', () => {
		fc.assert(
			fc.property(any, fc.uint8Array({ minLength: 1, maxLength: 9 }), (value, more) => {
				if (value.kind === 'data') return;
				expect(() => read(new Uint8Array([...write(value), ...more]))).toThrow(MalformedError);
			}),
		);
	});

	it('that is any bytes, or a real one with some changed, throws nothing but the named error', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void readOr(read, any)));
		fc.assert(
			fc.property(
				any,
				fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
				(value, edits) => {
					const changed = write(value).slice();
					for (const [at, byte] of edits) changed[at % changed.length] = byte;
					readOr(read, changed);
				},
			),
		);
	});
});

describe('what is longer than the format allows is malformed', () => {
	it('[1.7] a statement', () => {
		const statement = new Uint8Array(STATEMENT_BYTES + 1);
		const frame = encodeClientFrame({ kind: 'append', request: 1, statement });
		expect(() => decodeClientFrame(frame)).toThrow(MalformedError);
	});
	it('[2.9] a broadcast', () => {
		const longest = encodeMessage({ kind: 'broadcast', sealed: new Uint8Array(BROADCAST_BYTES) });
		expect(decodeMessage(longest)).toMatchObject({ kind: 'broadcast' });
		const more = encodeMessage({ kind: 'broadcast', sealed: new Uint8Array(BROADCAST_BYTES + 1) });
		expect(() => decodeMessage(more)).toThrow(MalformedError);
	});
	it('a reason', () => {
		const reason = 'x'.repeat(REASON_BYTES + 1);
		const frame = encodeRelayFrame({ kind: 'close', channel: 1, code: 1000, reason });
		expect(() => decodeRelayFrame(frame)).toThrow(MalformedError);
	});
	it('a text that is no UTF-8', () => {
		expect(() => decodeClientFrame(new Uint8Array([9, 2, 0xc3, 0x28]))).toThrow(MalformedError);
	});
	it('a count that promises more than there is, without allocating for it', () => {
		const promise = new Uint8Array([4, 0, 0xff, 0xff, 0xff, 0xff, 0x0f]);
		expect(() => decodeRelayFrame(promise)).toThrow(MalformedError);
	});
});

describe('base64url', () => {
	it('is read as it was written, and as Node writes it', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), (any) => {
				expect(toBase64Url(any)).toBe(Buffer.from(any).toString('base64url'));
				expect(fromBase64Url(toBase64Url(any), any.length)).toEqual(any);
			}),
		);
	});
	it('has one way to write some bytes: any text that is read is what they are written as', () => {
		const letters = fc.constantFrom(...'ABCabc019-_=+/ \u00e9');
		fc.assert(
			fc.property(fc.string({ unit: letters, maxLength: 12 }), (any) => {
				const read = readOr(
					(from) => fromBase64Url(new TextDecoder().decode(from)),
					Buffer.from(any),
				);
				if (read !== MalformedError) expect(toBase64Url(read as Bytes)).toBe(any);
			}),
		);
	});
});

describe('names', () => {
	it.each(['a', 'A_-9', 'x'.repeat(64)])('[2.8] %s is a room', (name) => {
		expect(isRoom(name)).toBe(true);
	});
	it.each(['', 'x'.repeat(65), 'a b', 'a/b', 'a!b', 'é', 'a\n'])('[2.8] %j is no room', (name) => {
		expect(isRoom(name)).toBe(false);
	});
	it('an id is 16 bytes in base64url', () => {
		expect(isId(toBase64Url(new Uint8Array(16)))).toBe(true);
		expect(isId(toBase64Url(new Uint8Array(15)))).toBe(false);
		expect(isId(`${'A'.repeat(21)}B`)).toBe(false); // stray bits
		expect(isId('A'.repeat(21) + '!')).toBe(false);
	});
});
