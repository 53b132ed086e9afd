import { filing } from '$lib/state/filing.svelte';
import { acts } from '$lib/state/list-acts.svelte';
import type { SessionList } from '$lib/state/session-list.svelte';
import { selection } from '$lib/state/session-selection.svelte';
import type { Shortcut } from '$lib/state/shortcuts.svelte';

interface Parts {
	list: SessionList;
	/** The list is on the screen. */
	shown: () => boolean;
	/** The focus is on a row. */
	inRows: () => boolean;
	step: (by: number) => void;
	extend: (by: number) => void;
	rename: () => void;
}

/** What the keyboard does in the list. Acts are for what is selected, or else for the row that has the focus. */
export function rowKeys({ list, shown, inRows, step, extend, rename }: Parts): Shortcut[] {
	const group = 'Agent Runs';
	const deleted = () => list.query.view === 'deleted';
	/** What is selected may still be on its way; the row with the focus is the one of the key press. */
	const act = async (run: (ids: string[]) => unknown): Promise<void> => {
		const { activeId } = list;
		const ids = await selection.settled();
		await run(ids.length > 0 || activeId === null ? ids : [activeId]);
	};
	const has = () => shown() && (selection.size > 0 || inRows());
	return [
		{
			keys: ['j', 'down'],
			label: 'Next run',
			group,
			repeat: true,
			when: shown,
			run: () => step(1),
		},
		{
			keys: ['k', 'up'],
			label: 'Previous run',
			group,
			repeat: true,
			when: shown,
			run: () => step(-1),
		},
		{ keys: 'enter', label: 'Open the run', group },
		{
			keys: ['x', 'space'],
			label: 'Select the run',
			group,
			when: () => shown() && inRows(),
			run: () => list.activeId !== null && selection.toggle(list.activeId),
		},
		{
			keys: ['shift+down', 'shift+j'],
			label: 'Extend the selection down',
			group,
			repeat: true,
			when: () => shown() && inRows(),
			run: () => extend(1),
		},
		{
			keys: ['shift+up', 'shift+k'],
			label: 'Extend the selection up',
			group,
			repeat: true,
			when: () => shown() && inRows(),
			run: () => extend(-1),
		},
		{
			keys: 'mod+a',
			label: 'Select all',
			group,
			when: () => shown() && inRows(),
			run: () => selection.selectAll(),
		},
		{
			keys: 'e',
			label: 'Archive, or take back',
			group,
			when: () => has() && !deleted(),
			run: () => void act((ids) => acts.archive(ids)),
		},
		{
			keys: 'l',
			label: 'Link to ticket',
			group,
			when: () => has() && !deleted(),
			run: () => void act((ids) => acts.link(ids)),
		},
		{
			keys: 'shift+e',
			label: 'Export outputs',
			group,
			when: has,
			run: () => void act((ids) => acts.export(ids)),
		},
		{
			keys: 'del',
			label: 'Delete',
			group,
			when: has,
			run: () => void act((ids) => acts.remove(ids)),
		},
		{
			keys: 'z',
			label: 'Undo',
			group,
			when: () => shown() && filing.canUndo,
			run: () => void filing.undo(),
		},
		{
			keys: 'r',
			label: 'Rename the run',
			group,
			when: () => shown() && inRows(),
			run: rename,
		},
		{
			keys: 'esc',
			label: 'Clear the selection',
			group,
			when: () => shown() && selection.size > 0,
			run: () => selection.clear(),
		},
	];
}
