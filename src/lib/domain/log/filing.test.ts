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
import type { EventDraft, StoredEvent } from './event';
import type { FilingEvent } from './filing';
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
	applyEvent(state, { ...base, id: 'z', kind: 'ended', by: engine, status: 'failed' });
	expect(state.unread).toBe(true);
});
