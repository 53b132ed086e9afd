import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '$lib/wire/bytes';
import { BATCH_BYTES } from '$lib/wire/limits';
import * as Y from 'yjs';
import first from '../../../../tests/fixtures/sync/batch-v1.json';
import second from '../../../../tests/fixtures/sync/batch-v2.json';
import { unpacked } from '../documents/packed-event';
import { readPayload } from './payload';
import { PAYLOAD_BYTES, RoomKeys } from './room-cipher';

const secret = (fill: number) => new Uint8Array(32).fill(fill);
const keys = new RoomKeys(new Map([[1, secret(1)]]));
const rotated = new RoomKeys(
	new Map([
		[1, secret(1)],
		[2, secret(2)],
	]),
);

describe('a batch', () => {
	it('opens to what was sealed, whatever it is', async () => {
		const cipher = keys.cipher('room');
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (payload) => {
				expect(await cipher.open(await cipher.seal(payload))).toEqual({ payload });
			}),
			{ numRuns: 50 },
		);
	});

	it('is never too long, however little its payload can be deflated [5.4]', async () => {
		const noise = new Uint8Array(PAYLOAD_BYTES);
		for (let at = 0; at < noise.length; at += 65_536)
			crypto.getRandomValues(noise.subarray(at, at + 65_536));
		const batch = await keys.cipher('room').seal(noise);
		expect(batch.length).toBeLessThanOrEqual(BATCH_BYTES);
		const opened = await keys.cipher('room').open(batch);
		expect('payload' in opened && indexedDB.cmp(opened.payload, noise)).toBe(0);
		await expect(keys.cipher('room').seal(new Uint8Array(PAYLOAD_BYTES + 1))).rejects.toThrow(
			RangeError,
		);
	});

	it('stays closed when one bit is another, wherever it is [5.6]', async () => {
		const cipher = keys.cipher('room');
		const batch = await cipher.seal(utf8('what was said'));
		for (let at = 0; at < batch.length; at++) {
			const other = batch.slice();
			other[at] = (other[at] ?? 0) ^ 1;
			expect(await cipher.open(other)).toEqual({
				closed: at === 0 ? 'version' : at < 3 ? 'epoch' : 'check',
			});
		}
	});

	it('stays closed in another room, and cut short', async () => {
		const batch = await keys.cipher('room').seal(utf8('what was said'));
		expect(await keys.cipher('moor').open(batch)).toEqual({ closed: 'check' });
		for (let length = 0; length < batch.length; length += 7)
			expect(await keys.cipher('room').open(batch.subarray(0, length))).toHaveProperty('closed');
	});

	it('of a newer epoch waits for its secret, and older ones go on being read [5.1]', async () => {
		const old = await keys.cipher('room').seal(utf8('before'));
		const fresh = await rotated.cipher('room').seal(utf8('after'));
		expect(await keys.cipher('room').open(fresh)).toEqual({ closed: 'epoch' });
		expect(await rotated.cipher('room').open(old)).toEqual({ payload: utf8('before') });
		expect(await rotated.cipher('room').open(fresh)).toEqual({ payload: utf8('after') });
	});

	it('is never the same twice', async () => {
		const cipher = keys.cipher('room');
		expect(await cipher.seal(utf8('same'))).not.toEqual(await cipher.seal(utf8('same')));
	});

	it('shows nothing of what is in it', async () => {
		const batch = await keys.cipher('room').seal(utf8('canary-7f3a canary-7f3a'));
		expect(new TextDecoder('latin1').decode(batch)).not.toContain('canary');
	});
});

describe.each([first, second])('$about', (kept) => {
	it('opens as long as there is a Muster', async () => {
		expect(await rotated.nameOf(kept.meaning)).toBe(kept.room);
		const opened = await rotated.cipher(kept.room).open(Buffer.from(kept.batch, 'base64'));
		const payload = readPayload('payload' in opened ? opened.payload : new Uint8Array());
		const doc = new Y.Doc();
		if ('update' in payload) Y.applyUpdate(doc, payload.update);
		const sessionId = kept.meaning.replace('session|', '');
		const events = doc.getArray('events').toArray();
		expect(events.map((one) => unpacked(one as object, sessionId))).toEqual(kept.events);
	});
});

describe('the name of a room', () => {
	it('is the same for every epoch, and says nothing [5.2]', async () => {
		const name = await keys.nameOf('session|01J0000000');
		expect(name).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(await rotated.nameOf('session|01J0000000')).toBe(name);
		expect(await keys.nameOf('session|01J0000001')).not.toBe(name);
		expect(await new RoomKeys(new Map([[1, secret(3)]])).nameOf('session|01J0000000')).not.toBe(
			name,
		);
	});

	it('needs the first secret', () => {
		expect(() => new RoomKeys(new Map([[2, secret(2)]]))).toThrow(TypeError);
		expect(() => new RoomKeys(new Map([[1, new Uint8Array(16)]]))).toThrow(TypeError);
	});
});
