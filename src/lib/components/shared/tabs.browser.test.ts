import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Tabs from './Tabs.svelte';

const tabs = [
	{ id: 'all', label: 'All' },
	{ id: 'you', label: 'Needs you', count: 2, needsYou: true },
	{ id: 'failed', label: 'Failed' },
];

describe('tabs', () => {
	it('are one stop of the Tab key, and arrows open the next', async () => {
		const onchange = vi.fn();
		await render(Tabs, { tabs, value: 'all', label: 'Runs', onchange });
		await userEvent.keyboard('{Tab}{ArrowRight}');
		await expect.element(page.getByRole('tab', { name: 'Needs you 2' })).toHaveFocus();
		await userEvent.keyboard('{End}{ArrowRight}');
		expect(onchange.mock.calls).toEqual([['you'], ['failed'], ['all']]);
		expect(document.querySelectorAll('[role=tab][tabindex="0"]').length).toBe(1);
	});

	it('that cost to open wait for Enter', async () => {
		const onchange = vi.fn();
		await render(Tabs, { tabs, value: 'all', label: 'Rounds', manual: true, onchange });
		await userEvent.keyboard('{Tab}{ArrowRight}');
		expect(onchange).not.toHaveBeenCalled();
		await userEvent.keyboard('{Enter}');
		expect(onchange.mock.calls).toEqual([['you']]);
	});
});
