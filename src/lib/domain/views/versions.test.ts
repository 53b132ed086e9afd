import { expect, test } from 'vitest';
import { LogBuilder, you } from '../../../../tests/fixtures/log-builder';
import { firstWords } from '../log/fork';
import { foldSession } from '../log/session-state';
import type { SessionEvent, StoredEvent } from '../log/event';
import { forkSession } from '../rules/fork-session';
import { sessionRowOf } from './session-row';
import { foldTranscript } from './transcript';
import { versionsOf, type Branch } from './versions';

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

/** The chat: One? First. Two? Second. */
function chat(): StoredEvent[] {
	const log = new LogBuilder('chat').created().prompt('One?').lease();
	return log.turn().say('First.').end().prompt('Two?').turn().say('Second.').end().events;
}

function branch(id: string, parent: StoredEvent[], text: string, said: string): StoredEvent[] {
	let n = 0;
	const newId = () => `${id}-${String(n++).padStart(6, '0')}`;
	const before = promptOf(parent, text);
	const made = forkSession(
		{
			kind: 'fork',
			parentId: parent[0]?.sessionId ?? '',
			point: { before },
			prompt: said,
			branch: true,
		},
		id,
		parent,
		[connection],
		you,
		newId,
	);
	if ('refused' in made) throw new Error(made.refused);
	return made.events.map((event, seq) => {
		const whole =
			'inherited' in event ? event : { ...event, v: 1, id: newId(), sessionId: id, at: 1 };
		return { ...whole, seq } as StoredEvent;
	});
}

function promptOf(events: readonly SessionEvent[], text: string): string {
	const found = events.find((event) => event.kind === 'prompt' && event.text === text);
	if (!found) throw new Error(`nobody said ${text}`);
	return found.id;
}

/** What the switcher shows at a message of a session: which of how many, and which sessions. */
function shown(all: StoredEvent[][], events: StoredEvent[], text: string) {
	const states = all.map((log) => foldSession(log[0]?.sessionId ?? '', log));
	const branches = states.flatMap(({ id, parent }, i): Branch[] =>
		parent?.branch ? [{ sessionId: id, startedAt: i, parent }] : [],
	);
	const sessionId = events[0]?.sessionId ?? '';
	const { parent } = foldSession(sessionId, events);
	const prompt = foldTranscript(events).items.find(
		(item) => item.kind === 'prompt' && item.text === text,
	);
	if (prompt?.kind !== 'prompt') throw new Error(`${text} is not shown`);
	return versionsOf(prompt, { sessionId, parent, own: firstWords(events)?.id ?? null }, branches);
}

test('a message that was said once has no versions', () => {
	const root = chat();
	expect(shown([root], root, 'Two?')).toBeNull();
});

test('both sides of where a conversation parts know each other', () => {
	const root = chat();
	const other = branch('b1', root, 'Two?', 'Two, otherwise?');
	const sessions = ['chat', 'b1'];
	expect(shown([root, other], root, 'Two?')).toEqual({ sessions, at: 0 });
	expect(shown([root, other], other, 'Two, otherwise?')).toEqual({ sessions, at: 1 });
	expect(shown([root, other], other, 'One?')).toBeNull();
});

test('a version said otherwise once more is a third one, not a version of the second', () => {
	const root = chat();
	const second = branch('b1', root, 'Two?', 'Two, otherwise?');
	const third = branch('b2', second, 'Two, otherwise?', 'Two, in a third way?');
	const all = [root, second, third];
	const sessions = ['chat', 'b1', 'b2'];
	expect(shown(all, root, 'Two?')).toEqual({ sessions, at: 0 });
	expect(shown(all, second, 'Two, otherwise?')).toEqual({ sessions, at: 1 });
	expect(shown(all, third, 'Two, in a third way?')).toEqual({ sessions, at: 2 });
});

test('a message that was copied along is a version of the one that was there first', () => {
	const root = chat();
	const second = branch('b1', root, 'Two?', 'Two, otherwise?');
	const first = branch('b2', second, 'One?', 'One, otherwise?');
	const all = [root, second, first];
	const sessions = ['b1', 'b2'];
	expect(shown(all, root, 'One?')).toEqual({ sessions, at: 0 });
	expect(shown(all, second, 'One?')).toEqual({ sessions, at: 0 });
	expect(shown(all, first, 'One, otherwise?')).toEqual({ sessions, at: 1 });
});

test('what a branch began with stays its version where it was copied on', () => {
	const root = chat();
	const second = branch('b1', root, 'Two?', 'Two, otherwise?');
	const answered = [...second];
	answered.push({
		...(second.at(-1) as StoredEvent),
		id: 'b1-more',
		seq: second.length,
		...({ text: 'Three?' } as object),
	});
	const third = branch('b2', answered, 'Three?', 'Three, otherwise?');
	const all = [root, answered, third];
	expect(shown(all, third, 'Two, otherwise?')).toEqual({ sessions: ['chat', 'b1'], at: 1 });
	expect(shown(all, third, 'Three, otherwise?')).toEqual({ sessions: ['b1', 'b2'], at: 1 });
	const again = branch('b3', third, 'Two, otherwise?', 'Two, once more?');
	expect(shown([...all, again], again, 'Two, once more?')).toEqual({
		sessions: ['chat', 'b1', 'b3'],
		at: 2,
	});
});

test('branches are named and filed with the chat that their conversation began as', () => {
	const root = chat();
	const second = branch('b1', root, 'Two?', 'Two, otherwise?');
	const third = branch('b2', second, 'One?', 'One, otherwise?');
	const { title } = foldSession('chat', root);
	expect(sessionRowOf(foldSession('b2', third), 1)).toMatchObject({ parentId: 'chat', title });
});
