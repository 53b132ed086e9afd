import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Menu from './Menu.svelte';
import type { MenuItem } from './menu-items';

const run = vi.fn<(what: string) => void>();

const items: MenuItem[] = [
	{ label: 'Rename', icon: 'pencil', kbd: 'r', run: () => run('rename') },
	{ label: 'Archive', disabled: true, run: () => run('archive') },
	{ kind: 'separator' },
	{ kind: 'check', label: 'Show archived', checked: true, run: () => run('show') },
	{ label: 'Delete', danger: true, run: () => run('delete') },
];

async function open() {
	const { component } = await render(Menu, { items, label: 'Run' });
	component.openAt(40, 40);
	await expect.element(page.getByRole('menu')).toBeVisible();
	await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
}
const isOpen = () => document.querySelector('[role=menu]')?.matches(':popover-open');

afterEach(() => run.mockReset());

describe('a menu', () => {
	it('moves with arrows, around its ends, and by typing', async () => {
		await open();
		await userEvent.keyboard('{ArrowUp}');
		await expect.element(page.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
		await userEvent.keyboard('{ArrowDown}');
		await expect.element(page.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
		await userEvent.keyboard('s');
		await expect
			.element(page.getByRole('menuitemcheckbox', { name: 'Show archived' }))
			.toHaveFocus();
	});

	it('closes before it does what was chosen', async () => {
		await open();
		run.mockImplementation(() => expect(isOpen()).toBe(false));
		await userEvent.keyboard('{Enter}');
		expect(run.mock.calls).toEqual([['rename']]);
	});

	it('stays open on a check', async () => {
		await open();
		await page.getByRole('menuitemcheckbox').click();
		expect([run.mock.calls, isOpen()]).toEqual([[['show']], true]);
	});

	it('does nothing for an item that is off', async () => {
		await open();
		await userEvent.keyboard('{ArrowDown}{Enter}');
		expect([run.mock.calls, isOpen()]).toEqual([[], true]);
	});

	it('closes with Escape and does nothing', async () => {
		await open();
		await userEvent.keyboard('{Escape}');
		expect([run.mock.calls, isOpen()]).toEqual([[], false]);
	});
});
