import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Clock } from './clock.svelte';

class Page extends EventTarget {
	visibilityState = 'visible';
	become(state: string): void {
		this.visibilityState = state;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let page: Page;
let seen: number[];
let stop: () => void;

function watch(read: (clock: Clock) => number): void {
	const clock = new Clock();
	stop = $effect.root(() => {
		$effect(() => void seen.push(read(clock)));
	});
}

beforeEach(() => {
	vi.useFakeTimers({ now: new Date(2026, 6, 16, 23, 59, 57, 400) });
	page = new Page();
	vi.stubGlobal('document', page);
	seen = [];
});
afterEach(async () => {
	stop();
	await vi.advanceTimersByTimeAsync(0);
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

it('ticks on the second while it is read', async () => {
	watch((clock) => clock.now % 60_000);
	await vi.advanceTimersByTimeAsync(2000);
	expect(seen.slice(-2)).toEqual([58_000, 59_000]);
});

it('rests while the page is hidden, and catches up at once', async () => {
	watch((clock) => clock.now % 60_000);
	await vi.advanceTimersByTimeAsync(700);
	page.become('hidden');
	const before = seen.length;
	await vi.advanceTimersByTimeAsync(1500);
	expect(seen).toHaveLength(before);
	page.become('visible');
	await vi.advanceTimersByTimeAsync(0);
	expect(seen.at(-1)).toBe(59_600);
});

it('has no timer when nobody reads it', async () => {
	watch((clock) => clock.now);
	await vi.advanceTimersByTimeAsync(100);
	expect(vi.getTimerCount()).toBe(1);
	stop();
	await vi.advanceTimersByTimeAsync(0);
	expect(vi.getTimerCount()).toBe(0);
});

it('tells a new day once', async () => {
	const days: string[] = [];
	const clock = new Clock();
	stop = $effect.root(() => {
		$effect(() => void days.push(clock.today));
	});
	await vi.advanceTimersByTimeAsync(10_000);
	expect(days).toEqual(['2026-07-16', '2026-07-17']);
});
