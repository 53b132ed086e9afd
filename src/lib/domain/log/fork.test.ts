import { expect, test } from 'vitest';
import { LogBuilder, you } from '../../../../tests/fixtures/log-builder';
import {
	budgetLog,
	failedLog,
	interruptedLog,
	notesLog,
	outputLog,
	questionLog,
	reviewLog,
	twoRequestsLog,
} from '../../../../tests/fixtures/sample-sessions';
import { decide } from '../deciders/decide';
import { messagesOf } from '../deciders/request';
import { forkSession } from '../rules/fork-session';
import { foldTranscript } from '../views/transcript';
import type { SessionSettings } from '../settings';
import { statusOf } from '../views/status';
import { MAIN, type SessionEvent, type StoredEvent } from './event';
import { inheritedEvents, type ForkPoint } from './fork';
import { foldSession } from './session-state';
import { actorState, noUsage } from './state';

const connection = {
	v: 1 as const,
	id: 'c1',
	kind: 'practice' as const,
	name: 'Practice',
	baseUrl: '',
	auth: 'none' as const,
	profile: 'practice',
	keyHint: null,
	models: [],
	checkedAt: null,
	createdAt: 1,
};

let n = 0;

/** The log of a fork, as the journal would write it. */
function fork(
	parent: readonly StoredEvent[],
	point: ForkPoint,
	overrides: Partial<SessionSettings> = {},
): SessionEvent[] {
	const sessionId = `fork-${n++}`;
	let id = 0;
	const newId = () => `${sessionId}-${String(id++).padStart(6, '0')}`;
	const command = { kind: 'fork' as const, parentId: 'p', point, prompt: 'Otherwise', overrides };
	const made = forkSession(command, sessionId, parent, [connection], you, newId);
	if ('refused' in made) throw new Error(made.refused);
	const at = (parent.at(-1)?.at ?? 0) + 60_000;
	const events = made.events.map((event) =>
		'inherited' in event ? event : ({ ...event, v: 1, id: newId(), sessionId, at } as SessionEvent),
	);
	const epoch = (foldSession(sessionId, events).lease?.epoch ?? 0) + 1;
	const by = { kind: 'engine', device: 'd1', epoch } as const;
	const lease = { kind: 'lease-taken', by, device: 'd1', deviceName: 'Laptop', epoch } as const;
	return [...events, { ...lease, v: 1, id: newId(), sessionId, at }];
}

const samples = {
	review: reviewLog(),
	two: twoRequestsLog(),
	question: questionLog(),
	notes: notesLog(),
	failed: failedLog(),
	budget: budgetLog(),
	interrupted: interruptedLog(),
	output: outputLog(),
};

/** Every message that a person could fork from. */
function pointsOf(events: readonly SessionEvent[]): ForkPoint[] {
	return events.flatMap((event): ForkPoint[] => {
		if (event.kind === 'prompt') return [{ before: event.id }];
		return event.kind === 'turn-started' ? [{ after: event.turnId }] : [];
	});
}

test('a fork goes on from the message, knowing what was said up to it and nothing after', () => {
	const parent = new LogBuilder().created().prompt('One?').lease();
	parent.turn().say('First.').end().prompt('Two?').turn().say('Second.').end();
	const state = foldSession('f', fork(parent.events, { after: 'main.1' }));
	expect(messagesOf(state, actorState(state, MAIN))).toEqual([
		{ role: 'user', content: [{ type: 'text', text: 'One?' }] },
		{ role: 'assistant', content: [{ type: 'text', text: 'First.' }] },
		{ role: 'user', content: [{ type: 'text', text: 'Otherwise' }] },
	]);
});

test('a prompt that is said otherwise takes the place of the one it forks from', () => {
	const parent = new LogBuilder().created().prompt('One?').lease();
	parent.turn().say('First.').end().prompt('Two?').turn().say('Second.').end();
	const second = parent.events.findLast(({ kind }) => kind === 'prompt');
	const events = fork(parent.events, { before: second?.id ?? '' });
	const prompts = foldTranscript(events).items.filter((item) => item.kind === 'prompt');
	expect(prompts.map(({ text, inherited }) => [text, inherited ?? false])).toEqual([
		['One?', true],
		['Otherwise', false],
	]);
});

test('a turn takes its tools and their results along', () => {
	const parent = new LogBuilder().created().prompt('Read it').lease();
	parent.turn().call('read_file', { path: 'a' }, 'r').end('tool_use').run('r', 'text');
	parent.turn().say('Read.').end();
	const state = foldSession('f', fork(parent.events, { after: 'main.1' }));
	expect(state.calls.get('r')?.result).toEqual({ content: 'text', isError: false });
	expect(state.openCalls.size).toBe(0);
});

test('files written before the message are there, later ones are not', () => {
	const parent = new LogBuilder().created().prompt('Write').lease();
	for (const name of ['a', 'b']) {
		parent.turn().call('write_file', { path: name }, name).end('tool_use');
		parent.run(name, 'ok', { files: [{ path: name, content: name }] });
	}
	const state = foldSession('f', fork(parent.events, { after: 'main.1' }));
	expect([...state.files.keys()]).toEqual(['a']);
});

test('what the parent paid and the time it took is not the fork’s', () => {
	const { events } = samples.notes;
	const last = events.findLast(({ kind }) => kind === 'turn-started');
	if (last?.kind !== 'turn-started') throw new Error('no turn');
	const state = foldSession('f', fork(events, { after: last.turnId }));
	expect(state).toMatchObject({ usage: noUsage, cost: 0, turns: 0, activeMs: 0, unread: false });
});

test('a message that is not there can’t be forked from', () => {
	expect(inheritedEvents(samples.review.events, { before: 'gone' })).toBeNull();
	expect(inheritedEvents(samples.review.events, { after: 'main.99' })).toBeNull();
});

test('onto another model it takes no thinking along, and onto the same one all of it', () => {
	const parent = new LogBuilder()
		.created({ model: 'm', connectionId: 'c1' })
		.prompt('Why?')
		.lease();
	parent.turn({ model: 'm', connectionId: 'c1' }).think('Hm').say('So.').end();
	const said = (events: SessionEvent[]) => {
		const state = foldSession('f', events);
		return messagesOf(state, actorState(state, MAIN))[1]?.content.map(({ type }) => type);
	};
	const point = { after: 'main.1' };
	expect(said(fork(parent.events, point))).toEqual(['thinking', 'text']);
	expect(said(fork(parent.events, point, { model: 'other' }))).toEqual(['text']);
});

test('what was allowed in the parent for that run is asked for again', () => {
	const parent = new LogBuilder().created().prompt('Write').lease();
	parent.turn().call('write_file', { path: 'a' }, 'w').end('tool_use').ask('w');
	parent.decide('w', 'allow-in-run').run('w', 'ok');
	expect(foldSession('p', parent.events).allowedInRun.size).toBe(1);
	const state = foldSession('f', fork(parent.events, { after: 'main.1' }));
	expect(state.allowedInRun.size).toBe(0);
});

test('a message may not carry more than an endpoint takes', () => {
	const parent = new LogBuilder().created().prompt('One?').lease();
	const large = { name: 'a.png', mediaType: 'image/png', size: 6 * 1024 * 1024, data: '' };
	const command = {
		kind: 'fork' as const,
		parentId: 'p',
		point: { before: parent.events[1]?.id ?? '' },
		prompt: 'Look',
		attachments: [large],
	};
	expect(forkSession(command, 'f', parent.events, [connection], you, () => 'x')).toEqual({
		refused: 'a.png is larger than 5 MB, the most an image may have.',
	});
});

test.each(Object.entries(samples))(
	'of %s, at any of its messages and any moment: a fork holds nothing open and calls the model next',
	(_, log) => {
		for (let end = 1; end <= log.events.length; end++) {
			const parent = log.events.slice(0, end);
			for (const point of pointsOf(parent)) {
				const events = fork(parent, point);
				const state = foldSession('f', events);
				expect(statusOf(state)).toMatchObject({ status: 'running', needsYou: false });
				expect(decide(state)).toMatchObject([{ do: 'call-model', actor: MAIN }]);
				const ids = events.map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids.some((id) => parent.some((event) => event.id === id))).toBe(false);
				const { items } = foldTranscript(events);
				expect(items.filter((item) => item.kind === 'hold' && !item.lifted)).toEqual([]);
			}
		}
	},
);
