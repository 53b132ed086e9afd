import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toasts } from './toasts.svelte';

const texts = () => toasts.items.map(({ text }) => text);

describe('toasts', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => {
		toasts.release();
		for (const { id } of toasts.items) toasts.dismiss(id);
		vi.useRealTimers();
	});

	it('leave after five seconds', () => {
		toasts.show({ text: 'Saved' });
		vi.advanceTimersByTime(4999);
		expect(texts()).toEqual(['Saved']);
		vi.advanceTimersByTime(1);
		expect(texts()).toEqual([]);
	});

	it('stay while pointed at, and then their full time', () => {
		toasts.show({ text: 'Saved' });
		vi.advanceTimersByTime(4000);
		toasts.hold();
		vi.advanceTimersByTime(60_000);
		toasts.release();
		vi.advanceTimersByTime(4999);
		expect(texts()).toEqual(['Saved']);
		vi.advanceTimersByTime(1);
		expect(texts()).toEqual([]);
	});

	it('stay when they report a failure', () => {
		const id = toasts.show({ text: 'Export stopped. The disk is full.', tone: 'failed' });
		vi.advanceTimersByTime(3_600_000);
		expect(texts()).toEqual(['Export stopped. The disk is full.']);
		toasts.dismiss(id);
		expect(texts()).toEqual([]);
	});

	it('replace the one of the same key', () => {
		toasts.show({ text: 'Exporting', key: 'export' });
		toasts.show({ text: 'Archived' });
		toasts.show({ text: 'Exported', key: 'export' });
		expect(texts()).toEqual(['Archived', 'Exported']);
	});

	it('act once and are gone', () => {
		const run = vi.fn();
		toasts.show({ text: 'Archived', action: { label: 'Undo', run } });
		for (const toast of toasts.items) toasts.act(toast);
		expect([run.mock.calls.length, texts()]).toEqual([1, []]);
	});

	it('are said aloud, failures urgently, and again when repeated', () => {
		toasts.show({ text: 'Saved' });
		const first = toasts.spoken.polite;
		toasts.show({ text: 'Saved' });
		expect([first, toasts.spoken.polite === first, toasts.spoken.polite.trim()]).toEqual([
			'Saved',
			false,
			'Saved',
		]);
		toasts.show({ text: 'Export stopped', tone: 'failed' });
		expect(toasts.spoken.assertive).toBe('Export stopped');
	});
});
