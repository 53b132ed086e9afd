import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionLog, reviewLog } from '../../../../tests/fixtures/sample-sessions';
import type { SessionEvent, StoredEvent } from '../log/event';
import { copyOfSession, mergeSession } from './merge-session';

const log = reviewLog().events;
const other = questionLog('sample-permission').events;
const length = fc.integer({ min: 1, max: log.length });
const by = { kind: 'person', name: 'Mara', device: 'd2', deviceName: 'iPad' } as const;

function filed(fields: object, at: number, id = `f${at}`): StoredEvent {
	const base = { v: 1, id, sessionId: 'sample-permission', at, by, seq: 1000 + at };
	return { ...base, ...fields } as StoredEvent;
}

const idsOf = (events: readonly SessionEvent[]) => events.map(({ id }) => id);

describe('mergeSession', () => {
	test('of two lengths of one log the longer one is the session', () =>
		fc.assert(
			fc.property(length, length, (here, there) => {
				const merge = mergeSession(log.slice(0, here), log.slice(0, there));
				if (there <= here) expect(merge).toEqual({ is: 'same' });
				else expect(merge).toEqual({ is: 'longer', add: log.slice(here, there), replaces: [] });
			}),
		));

	test('logs that part are told where, and nothing of either is lost', () => {
		const theirs = [
			...log.slice(0, 4),
			...other.slice(4).map((event) => ({ ...event, id: `x-${event.id}` })),
		];
		expect(mergeSession(log, theirs)).toEqual({ is: 'parted', at: theirs[4]?.id });
		expect(mergeSession(log.slice(0, 4), theirs)).toMatchObject({ is: 'longer' });
	});

	test('how it was filed here or there parts nothing', () => {
		const here = [...log.slice(0, 5), filed({ kind: 'seen' }, 5)];
		const there = [...log.slice(0, 7), filed({ kind: 'archived' }, 8)];
		const merge = mergeSession(here, there);
		expect(merge).toMatchObject({ is: 'longer' });
		expect(merge.is === 'longer' && idsOf(merge.add)).toEqual(idsOf(there.slice(5)));
	});

	test('filed otherwise there is taken over, unless it was done here later', () => {
		const theirs = [...log, filed({ kind: 'renamed', title: 'Theirs' }, 10, 'theirs')];
		expect(mergeSession(log, theirs)).toEqual({ is: 'refiled', add: [theirs.at(-1)] });
		const later = [...log, filed({ kind: 'renamed', title: 'Ours' }, 11, 'ours')];
		expect(mergeSession(later, theirs)).toEqual({ is: 'same' });
	});

	test('a mark of an import is of the device it was made on', () => {
		const mark = filed({ kind: 'imported' }, 5);
		expect(mergeSession(log, [...log, mark])).toEqual({ is: 'same' });
		expect(mergeSession([...log.slice(0, 5), mark], log)).toMatchObject({ is: 'longer' });
	});

	test('pieces of what streamed give way to the whole', () => {
		const turnId = reviewLog().turnId;
		const delta = filed({ kind: 'part-delta', turnId, index: 0, part: 'text', text: 'Hel' }, 1);
		const whole = filed({ kind: 'text', turnId, index: 0, text: 'Hello' }, 2);
		const merge = mergeSession([...log, delta], [...log, whole]);
		expect(merge).toEqual({ is: 'longer', add: [whole], replaces: [delta.seq] });
	});
});

describe('copyOfSession', () => {
	test('is the same whenever it is made, and says that it is a copy', () => {
		const at = log[4]?.id ?? '';
		const copy = copyOfSession(log, at);
		expect(copyOfSession(log, at)).toEqual(copy);
		expect(copy.sessionId).toMatch(/^[0-7][0-9A-Z]{25}$/);
		expect(copy.events.at(-1)).toMatchObject({
			kind: 'renamed',
			title: 'Review resumable upload branch (imported copy)',
		});
		expect(new Set([...idsOf(log), ...idsOf(copy.events)]).size).toBe(2 * log.length + 1);
	});

	test('a longer version of what was copied lengthens the copy', () => {
		const at = log[4]?.id ?? '';
		const stored = copyOfSession(log.slice(0, 8), at).events.map((event, seq) => ({
			...event,
			seq,
		}));
		expect(mergeSession(stored, copyOfSession(log, at).events)).toMatchObject({ is: 'longer' });
	});
});
