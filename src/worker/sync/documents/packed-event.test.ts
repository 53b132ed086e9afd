import fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '$lib/domain/log/event';
import { packed, unpacked } from './packed-event';

const eventOf = (id: string) =>
	({
		v: 1,
		id,
		sessionId: 's1',
		at: 1,
		by: { kind: 'agent', actor: 'main' },
		kind: 'archived',
	}) as unknown as SessionEvent;

describe('an event in the room of its session', () => {
	it('comes out as it went in, whatever its id', () => {
		const ids = fc.oneof(
			fc.ulid(),
			fc.constantFrom('s1-000001', '0'.repeat(26), '7'.padEnd(26, 'Z'), '8'.padEnd(26, 'Z')),
			fc.constantFrom(ulid().toLowerCase(), ulid().slice(1)),
		);
		fc.assert(
			fc.property(ids, (id) => {
				expect(unpacked(packed(eventOf(id)), 's1')).toEqual(eventOf(id));
			}),
		);
	});

	it('has no id of its session, and its own in 16 bytes', () => {
		const value = packed(eventOf(ulid()));
		expect(value).not.toHaveProperty('sessionId');
		expect(value['id']).toHaveLength(16);
	});

	it('is read as it was written before: whole', () => {
		expect(unpacked(eventOf('s1-000001'), 's1')).toEqual(eventOf('s1-000001'));
		const other = { ...eventOf('s2-000001'), sessionId: 's2' };
		expect(unpacked(other, 's1')).toEqual(other);
	});

	it('makes no sense where it made none', () => {
		expect(unpacked({ id: new Uint8Array(3) }, 's1')).toHaveProperty('id', new Uint8Array(3));
		expect(unpacked([1], 's1')).toEqual([1]);
	});
});
