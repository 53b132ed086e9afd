import fc from 'fast-check';
import { expect, test } from 'vitest';
import { you } from '../../../../tests/fixtures/log-builder';
import {
	budgetLog,
	failedLog,
	notesLog,
	outputLog,
	questionLog,
	reviewLog,
} from '../../../../tests/fixtures/sample-sessions';
import { decide } from '../deciders/decide';
import { refiled, sessionRowOf } from '../views/session-row';
import { filingEvents, type FilingDraft } from '../rules/organise';
import type { EventDraft, SessionEvent, StoredEvent } from './event';
import type { Filed, FilingEvent } from './filing';
import { applyEvent, foldSession } from './session-state';

const by = you;
const acts: EventDraft[] = [
	{ kind: 'renamed', by, title: 'Another name' },
	{ kind: 'labels-changed', by, add: ['urgent', 'ipad'], remove: [] },
	{ kind: 'labels-changed', by, add: ['ipad'], remove: ['urgent', 'gone'] },
	{ kind: 'ticket-linked', by, ticketId: 't1' },
	{ kind: 'archived', by },
	{ kind: 'archived', by },
	{ kind: 'seen', by },
	{ kind: 'deleted', by },
	{ kind: 'unarchived', by },
	{ kind: 'restored', by },
	{ kind: 'ticket-linked', by, ticketId: null },
];

const samples = {
	review: reviewLog(),
	question: questionLog(),
	notes: notesLog(),
	failed: failedLog(),
	budget: budgetLog(),
	output: outputLog(),
};

test.each(Object.entries(samples))(
	'filing %s at any moment: the row takes it as the fold of the whole log does, and no step changes',
	(_, log) => {
		for (let end = 1; end <= log.events.length; end++) {
			const known = log.events.slice(0, end);
			const state = foldSession(log.sessionId, known);
			let row = sessionRowOf(state, end - 1);
			const steps = decide(state);
			for (const [i, act] of acts.entries()) {
				const event = {
					...act,
					v: 1,
					id: `f${i}`,
					sessionId: log.sessionId,
					at: log.now + 1000 * i,
					seq: end + i,
				} as StoredEvent & FilingEvent;
				row = refiled(row, event, event.seq);
				applyEvent(state, event);
				expect(row).toEqual(sessionRowOf(state, event.seq));
			}
			expect(decide(state)).toEqual(steps);
		}
	},
);

test('a result is unread until a person has seen it, and a cancelled session has nothing to see', () => {
	const state = foldSession('s', samples.notes.events);
	expect(state.unread).toBe(true);
	const at = samples.notes.now;
	const base = { v: 1, sessionId: 's', by, at };
	applyEvent(state, { ...base, id: 'x', kind: 'seen' });
	expect(state.unread).toBe(false);
	const engine = samples.notes.engine();
	applyEvent(state, { ...base, id: 'y', kind: 'ended', by: engine, status: 'cancelled' });
	expect(state.unread).toBe(false);
	applyEvent(state, { ...base, at: at + 1, id: 'z', kind: 'ended', by: engine, status: 'failed' });
	expect(state.unread).toBe(true);
});

/** Acts of several devices on one session, as each could have made them knowing some of the others. */
const someActs = fc.array(
	fc
		.record({
			act: fc.constantFrom(...acts),
			turn: fc.integer({ min: 0, max: 3 }),
			at: fc.integer({ min: 0, max: 3 }),
		})
		.map(({ act, turn, at }) => ({ ...act, turn, at: 1_000 + at })),
	{ maxLength: 12 },
);

test('acts of filing give the same in whatever order they come, before the beginning of the log or after', () => {
	fc.assert(
		fc.property(
			someActs.chain((made) =>
				fc.tuple(
					fc.constant(made),
					fc.shuffledSubarray([...made.keys()], { minLength: made.length }),
					fc.nat(20),
				),
			),
			([made, order, at]) => {
				const { events } = samples.notes;
				const filing = made.map(
					(act, i) => ({ ...act, v: 1, id: `f${i}`, sessionId: 's' }) as FilingEvent,
				);
				const shuffled = order.map((i) => filing[i]).filter((event) => event !== undefined);
				const among = [...events.slice(0, at), ...shuffled, ...events.slice(at)];
				const filedAs = ({ title, ticketId, labels, archivedAt, deletedAt, stamps }: Filed) => ({
					title,
					ticketId,
					labels,
					archivedAt,
					deletedAt,
					stamps,
				});
				expect(filedAs(foldSession('s', among))).toEqual(
					filedAs(foldSession('s', [...events, ...filing])),
				);
			},
		),
	);
});

test('what a person does knowing of earlier acts holds against them, whatever the clocks say', () => {
	const state = foldSession('s', samples.notes.events);
	const twice = [{ do: 'archive' }, { do: 'unarchive' }, { do: 'archive' }] as const;
	const of = (id: string, at: number, act: FilingDraft) =>
		({ ...act, v: 1, id, sessionId: 's', at }) as FilingEvent;
	for (const [i, change] of twice.entries())
		for (const act of filingEvents(state, state.lastAt, change, you))
			applyEvent(state, of(`f${i}`, 5_000 - 1_000 * i, act));
	expect(state.archivedAt).toBe(3_000);
});

test('what happened after a person looked is unread, wherever the looking stands in the log', () => {
	const { events } = samples.notes;
	const before = foldSession('s', events);
	const seen = (upTo: number) =>
		({ v: 1, id: 'x', sessionId: 's', at: 1, by: you, kind: 'seen', upTo }) as SessionEvent;
	expect(foldSession('s', [...events, seen(before.lastAt)]).unread).toBe(false);
	expect(foldSession('s', [seen(before.lastAt), ...events]).unread).toBe(false);
	expect(foldSession('s', [...events, seen(before.lastAt - 1)]).unread).toBe(true);
});
