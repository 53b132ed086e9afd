import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventOf, SessionEvent } from '../log/event';
import { asksOf, askedOf, deedOf, inboxOrder, noticeOf } from './inbox';

const you = { kind: 'person', name: 'You', device: 'd', deviceName: 'This device' } as const;
const engine = { kind: 'engine', device: 'd', epoch: 1 } as const;
const at = new Date(2026, 10, 26, 14, 33).getTime();

let n = 0;
function event<K extends SessionEvent['kind']>(
	kind: K,
	more: object,
	by: SessionEvent['by'] = engine,
): EventOf<K> {
	return { v: 1, id: `e${++n}`, sessionId: 's', at, by, kind, ...more } as unknown as EventOf<K>;
}

test('a request is put as a question that names the tool and what it would touch', () => {
	const asked = (reason: string) => askedOf({ status: 'waiting-permission', reason });
	expect(asked('write_file on src/a b.ts')).toBe('Write to src/a b.ts?');
	expect(asked('edit_file on a.ts')).toBe('Edit a.ts?');
	expect(asked('read_file on a.ts')).toBe('Use read_file on a.ts?');
	expect(asked('run_tests')).toBe('Use run_tests?');
	expect(askedOf({ status: 'waiting', reason: 'Which one?' })).toBe('Which one?');
});

describe('the last deed of a person', () => {
	test('says what was decided, where and when', () => {
		const decided = event('permission-decided', { callId: 'c', decision: 'deny' }, you);
		const deed = deedOf([decided, event('tool-result', { callId: 'c' })], 'en-GB');
		expect(deed).toEqual({ what: 'Denied', where: 'on this device, 14:33' });
	});
	test('is none where nobody did anything', () => {
		expect(deedOf([event('tool-result', { callId: 'c' })])).toBeNull();
	});
});

describe('the order of the inbox', () => {
	test('puts what came since on top, and keeps what was decided in its place', () => {
		expect(inboxOrder(['b', 'a'], ['c', 'a'], false)).toEqual({
			shown: ['c', 'b', 'a'],
			arrived: 0,
		});
	});
	test('moves nothing under the pointer, and says how many have come', () => {
		expect(inboxOrder(['b', 'a'], ['c', 'b', 'a', '0'], true)).toEqual({
			shown: ['b', 'a', '0'],
			arrived: 1,
		});
	});
	test('leads with what is new when everything that stood there is decided', () => {
		expect(inboxOrder(['a'], ['c', 'b'], false).shown).toEqual(['c', 'b', 'a']);
	});
	test('shows everything once, in the order it stood', () => {
		const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
		fc.assert(
			fc.property(ids, ids, fc.boolean(), (before, fresh, held) => {
				const { shown, arrived } = inboxOrder(before, fresh, held);
				expect(new Set(shown).size).toBe(shown.length);
				expect(shown.filter((id) => before.includes(id))).toEqual(before);
				expect(shown.length + arrived).toBe(new Set([...before, ...fresh]).size);
			}),
		);
	});
});

test('a session asks what nobody has answered', () => {
	const asked = event('permission-requested', { callId: 'a', tool: 'write_file', actor: 'main' });
	const other = event('permission-requested', { callId: 'b', tool: 'edit_file', actor: 'main' });
	const question = event('question-asked', { callId: 'q', questions: [], actor: 'main' });
	const decided = event('permission-decided', { callId: 'a', decision: 'deny' }, you);
	expect(asksOf('s', [asked, other, question, decided])).toEqual([
		{ key: 's:b', tool: 'edit_file', question: false },
		{ key: 's:q', tool: null, question: true },
	]);
	const held = event('held', { code: 'budget', message: 'Used up', actor: 'main' });
	expect(asksOf('s', [held])).toEqual([{ key: `s:${held.id}`, tool: null, question: false }]);
	expect(asksOf('s', [held, event('continue-requested', {}, you)])).toEqual([]);
	expect(asksOf('s', [asked, event('ended', { status: 'cancelled' })])).toEqual([]);
});

test('a notification names agent, tool and title, with nothing hidden in them', () => {
	const row = {
		agentName: 'Code\u202e Reviewer',
		title: 'Fix\u200b it\nnow',
		place: 'run',
	} as const;
	expect(noticeOf(row, { tool: 'write_file', question: false })).toEqual({
		title: 'Code Reviewer wants to use write_file',
		body: 'Fix it now',
	});
	expect(noticeOf({ ...row, agentName: '' }, { tool: null, question: true }).title).toBe(
		'A chat has a question',
	);
});
