import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { acts } from '$lib/state/list-acts.svelte';
import { sessionList as list } from '$lib/state/session-list.svelte';
import { selection } from '$lib/state/session-selection.svelte';
import { rowKeys } from './row-keys';

const keys = rowKeys({
	list,
	shown: () => true,
	inRows: () => true,
	step: () => undefined,
	extend: () => selection.extendTo('c'),
	rename: () => undefined,
});
const press = (key: string) =>
	keys.find(({ keys }) => [keys].flat().includes(key))?.run?.({} as KeyboardEvent);
const order = ['a', 'b', 'c', 'd'];
/** Rows that are selected come from the database by and by. */
let answer: () => void;

beforeEach(() => {
	const read = new Promise<void>((resolve) => (answer = resolve));
	vi.spyOn(list, 'indexOf').mockImplementation((id) => order.indexOf(id ?? ''));
	vi.spyOn(list, 'idsBetween').mockImplementation(async (one, other) => {
		await read;
		return order.slice(one, other + 1);
	});
	vi.spyOn(list, 'allIds').mockImplementation(async () => {
		await read;
		return order;
	});
	list.activeId = 'a';
});
afterEach(() => {
	selection.clear();
	vi.restoreAllMocks();
});

it('does things to what was selected before the key was pressed, though it is still being read', async () => {
	const exported = vi.spyOn(acts, 'export').mockReturnValue();
	press('x');
	press('shift+down');
	press('shift+e');
	answer();
	await vi.waitFor(() => expect(exported).toHaveBeenCalledExactlyOnceWith(['a', 'b', 'c']));

	selection.clear();
	exported.mockClear();
	press('mod+a');
	press('shift+e');
	await vi.waitFor(() => expect(exported).toHaveBeenCalledExactlyOnceWith(order));
});

it('does things to the row that had the focus when the key was pressed', async () => {
	const exported = vi.spyOn(acts, 'export').mockReturnValue();
	press('shift+e');
	list.activeId = 'b';
	await vi.waitFor(() => expect(exported).toHaveBeenCalledExactlyOnceWith(['a']));
});

it('does not select again what was let go while it was read', async () => {
	press('x');
	press('shift+down');
	press('mod+a');
	selection.clear();
	answer();
	expect(await selection.settled()).toEqual([]);
});
