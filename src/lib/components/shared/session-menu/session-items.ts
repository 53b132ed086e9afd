import type { SessionRow } from '$lib/domain/session-row';
import { chatIdOf } from '$lib/domain/views/conversations';
import { filing } from '$lib/state/filing.svelte';
import { loadPart } from '$lib/state/load-part';
import { sessionDoor } from '$lib/state/session-door.svelte';
import { ticketPicker } from '$lib/state/ticket-picker-door.svelte';
import type { MenuItem } from '../menu-items';

/** What depends on where the menu is opened; absent: it is not offered there. */
export interface SessionActs {
	/** Among the rows that are selected. */
	select?: { on: boolean; run: () => void };
	rename?: () => void;
	goOn?: () => void;
	/** Why it can't go on; empty when it can. */
	noContinue?: string;
	/** Forks from the last message. */
	fork?: () => void;
	/** Once it is in Deleted, or gone from there. */
	deleted?: () => void;
	/** What goes on around an act of filing, as where the row is shown. */
	around?: (act: () => Promise<void>) => Promise<void>;
}

/** The options of one session, the same on its page and on its row. A branch is filed as its whole conversation. */
export function sessionItems(row: SessionRow, acts: SessionActs): MenuItem[] {
	const ids = [chatIdOf(row)];
	const { select, rename, goOn, fork, around } = acts;
	const file = (act: () => Promise<void>) => void (around ? around(act) : act());
	const selecting: MenuItem[] = select
		? [{ label: select.on ? 'Deselect' : 'Select', icon: 'check', kbd: 'x', run: select.run }]
		: [];
	if (row.deletedAt !== null)
		return [
			...selecting,
			{ label: 'Restore', icon: 'undo', run: () => file(() => filing.restore(ids)) },
			...exports(row),
			{ kind: 'separator' },
			{
				label: 'Delete forever',
				icon: 'trash',
				danger: true,
				run: () => askToDelete(row, acts),
			},
		];
	return [
		...selecting,
		...(rename ? [{ label: 'Rename', icon: 'pencil', kbd: 'r', run: rename } as const] : []),
		...(goOn
			? [
					{
						label: 'Continue',
						icon: 'play',
						kbd: 'c',
						disabled: Boolean(acts.noContinue),
						run: goOn,
					} as const,
				]
			: []),
		...(fork
			? [{ label: 'Fork from last message', icon: 'fork', kbd: 'f', run: fork } as const]
			: []),
		{
			label: 'Labels',
			icon: 'tag',
			detail: row.labels.length > 0 ? String(row.labels.length) : undefined,
			run: () =>
				sessionDoor.open({
					ask: 'labels',
					ids,
					one: wordFor(row),
					save: (add, remove) => file(() => filing.label(ids, add, remove)),
				}),
		},
		{
			label: 'Link to ticket',
			icon: 'ticket',
			kbd: 'l',
			run: () => ticketPicker.open(ids, { around }),
		},
		...exports(row),
		{ kind: 'separator' },
		...(row.archivedAt === null
			? ([
					{
						label: 'Archive',
						icon: 'archive',
						kbd: 'e',
						run: () => file(() => filing.archive(ids)),
					},
					{
						label: 'Archive and link',
						icon: 'archive',
						run: () => ticketPicker.open(ids, { archive: true, around }),
					},
				] as const)
			: ([
					{
						label: 'Unarchive',
						icon: 'archive',
						kbd: 'e',
						run: () => file(() => filing.unarchive(ids)),
					},
				] as const)),
		{
			label: 'Delete',
			icon: 'trash',
			kbd: 'del',
			danger: true,
			run: () => askToDelete(row, acts),
		},
	];
}

/** Into Deleted, or out of it for good. */
export function askToDelete(row: SessionRow, { around, deleted }: SessionActs): void {
	const ids = [chatIdOf(row)];
	const purges = row.deletedAt !== null;
	const act = async () => {
		await (purges ? filing.purge(ids) : filing.remove(ids));
		deleted?.();
	};
	sessionDoor.open({
		ask: purges ? 'purge' : 'delete',
		ids,
		one: wordFor(row),
		title: row.title,
		confirm: () => void (around ? around(act) : act()),
	});
}

/** The row a context menu is asked for on, by its `data-id`; null: none, or the field of a title, which has its own. */
export function rowUnder(event: MouseEvent): string | null {
	const target = event.target instanceof Element ? event.target : null;
	if (event.defaultPrevented || target?.closest('input, textarea')) return null;
	return target?.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null;
}

const wordFor = ({ place }: SessionRow) => (place.startsWith('run') ? 'run' : 'chat');

/** Asks what to put into an archive. A branch is exported as its whole conversation. */
export function askToExport(row: SessionRow): void {
	sessionDoor.open({ ask: 'export', ids: [chatIdOf(row)], one: wordFor(row), title: row.title });
}

function exports(row: SessionRow): MenuItem[] {
	const { id } = row;
	const as = (form: 'json' | 'markdown') => async () => {
		const part = await loadPart(() => import('./export-session'));
		await part?.exportSession(id, form);
	};
	return [
		{
			label: 'Export outputs',
			icon: 'export',
			kbd: 'shift+e',
			run: () => askToExport(row),
		},
		{ label: 'Export as JSON', icon: 'export', run: () => void as('json')() },
		{ label: 'Export as Markdown', icon: 'export', run: () => void as('markdown')() },
	];
}
