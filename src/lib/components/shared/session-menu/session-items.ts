import type { SessionRow } from '$lib/domain/session-row';
import { chatIdOf } from '$lib/domain/views/conversations';
import { filing } from '$lib/state/filing.svelte';
import { sessionDoor } from '$lib/state/session-door.svelte';
import type { MenuItem } from '../menu-items';

/** What depends on where the menu is opened; absent: it is not offered there. */
export interface SessionActs {
	rename?: () => void;
	goOn?: () => void;
	/** Why it can't go on; empty when it can. */
	noContinue?: string;
	/** Forks from the last message. */
	fork?: () => void;
	/** Once it is in Deleted. */
	deleted?: () => void;
}

/** The options of one session, the same on its page and on its row. A branch is filed as its whole conversation. */
export function sessionItems(row: SessionRow, acts: SessionActs): MenuItem[] {
	const ids = [chatIdOf(row)];
	const { rename, goOn, fork } = acts;
	if (row.deletedAt !== null)
		return [
			{ label: 'Restore', icon: 'undo', run: () => void filing.restore(ids) },
			...exports(row),
		];
	return [
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
			run: () => sessionDoor.open({ ask: 'labels', rows: [row] }),
		},
		...exports(row),
		{ kind: 'separator' },
		row.archivedAt === null
			? { label: 'Archive', icon: 'archive', kbd: 'e', run: () => void filing.archive(ids) }
			: { label: 'Unarchive', icon: 'archive', kbd: 'e', run: () => void filing.unarchive(ids) },
		{
			label: 'Delete',
			icon: 'trash',
			kbd: 'del',
			danger: true,
			run: () => sessionDoor.open({ ask: 'delete', rows: [row], done: acts.deleted }),
		},
	];
}

function exports({ id }: SessionRow): MenuItem[] {
	const as = (form: 'json' | 'markdown') => async () => {
		const { exportSession } = await import('./export-session');
		await exportSession(id, form);
	};
	return [
		{ label: 'Export as JSON', icon: 'export', run: () => void as('json')() },
		{ label: 'Export as Markdown', icon: 'export', run: () => void as('markdown')() },
	];
}
