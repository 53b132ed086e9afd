import { flushSync } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { MessageDraft } from './session-draft.svelte';

const kept = new Map<string, string>();
beforeEach(() => {
	kept.clear();
	vi.useFakeTimers();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key),
	});
	vi.stubGlobal('addEventListener', () => undefined);
	vi.stubGlobal('removeEventListener', () => undefined);
});

test('what was begun is there again, for its own session', () => {
	const draft = new MessageDraft('s1');
	const stop = $effect.root(() => {
		$effect(() => draft.keep());
	});
	flushSync();
	draft.text = 'Only the';
	draft.choice = { effort: 'low' };
	flushSync();
	vi.runAllTimers();
	expect(new MessageDraft('s1')).toMatchObject({ text: 'Only the', choice: { effort: 'low' } });
	expect(new MessageDraft('s2').text).toBe('');
	stop();
});

test('nothing is written while a person types, and all of it when they leave', () => {
	const draft = new MessageDraft('s1');
	const stop = $effect.root(() => {
		$effect(() => draft.keep());
	});
	flushSync();
	for (const text of ['O', 'On', 'Only']) {
		draft.text = text;
		flushSync();
		vi.advanceTimersByTime(100);
	}
	expect(kept.size).toBe(0);
	stop();
	expect(new MessageDraft('s1').text).toBe('Only');
});

test('what was sent leaves nothing behind', () => {
	const draft = new MessageDraft('s1');
	draft.text = 'Go';
	draft.clear();
	expect(kept.size).toBe(0);
});

test('a damaged draft is an empty one', () => {
	kept.set('muster.draft.s1', '{');
	expect(new MessageDraft('s1').text).toBe('');
});
