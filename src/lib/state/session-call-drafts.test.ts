import { beforeEach, expect, test, vi } from 'vitest';
import type { JsonValue } from '../domain/json';
import { CallDrafts, type CallDraft } from './session-call-drafts';

const kept = new Map<string, string>();
beforeEach(() => {
	kept.clear();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key),
	});
});

class Draft implements CallDraft {
	constructor(
		public written: JsonValue | null = null,
		readonly seal = 'asked',
	) {}
	takeUp(written: JsonValue): void {
		this.written = written;
	}
}

function restored(callId: string, draft = new Draft(), sessionId = 's1'): JsonValue | null {
	new CallDrafts(sessionId).restore(callId, draft);
	return draft.written;
}
const always = () => true;

test('what was begun is there again, for its own call of its own session', () => {
	new CallDrafts('s1').keep('w1', new Draft('half'), always);
	expect([restored('w1'), restored('w2'), restored('w1', new Draft(), 's2')]).toEqual([
		'half',
		null,
		null,
	]);
});

test('what was begun for another input is not taken up', () => {
	new CallDrafts('s1').keep('w1', new Draft('half'), always);
	expect(restored('w1', new Draft(null, 'asked for something else'))).toBeNull();
});

test('once a call was answered nothing is left, of it and of others that wait no more', () => {
	const drafts = new CallDrafts('s1');
	drafts.keep('w1', new Draft('half'), always);
	drafts.keep('w2', new Draft('half'), always);
	drafts.keep('w2', new Draft('half'), (callId) => callId === 'w1');
	expect([restored('w1'), restored('w2')]).toEqual(['half', null]);
	drafts.keep('w1', new Draft('half'), () => false);
	expect(kept.size).toBe(0);
});

test('what was taken back, or is too long to be kept, is not kept', () => {
	const drafts = new CallDrafts('s1');
	drafts.keep('w1', new Draft('half'), always);
	drafts.keep('w1', new Draft(null), always);
	drafts.keep('w2', new Draft('x'.repeat(300_000)), always);
	expect(kept.size).toBe(0);
});

test('what is damaged counts as nothing', () => {
	kept.set('muster.call-drafts.s1', '{');
	expect(restored('w1')).toBeNull();
});
