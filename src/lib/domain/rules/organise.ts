/** What filing many sessions at once means for each of them. Pure. */
import type { Organising } from '../command';
import type { DraftOf, Person } from '../log/event';
import type { Filed, FilingKind } from '../log/filing';

export type FilingDraft = { [K in FilingKind]: DraftOf<K> }[FilingKind];

/** What to write into the log of a session that is filed as `filed`: nothing where it is so already. */
export function filingEvents(
	filed: Filed,
	change: Exclude<Organising, { do: 'purge' }>,
	by: Person,
): FilingDraft[] {
	switch (change.do) {
		case 'archive':
			return [
				...linked(filed, change.ticketId ?? filed.ticketId, by),
				...(filed.archivedAt === null ? [{ kind: 'archived', by } as const] : []),
			];
		case 'unarchive':
			return filed.archivedAt === null ? [] : [{ kind: 'unarchived', by }];
		case 'delete':
			return filed.deletedAt === null ? [{ kind: 'deleted', by }] : [];
		case 'restore':
			return filed.deletedAt === null ? [] : [{ kind: 'restored', by }];
		case 'mark-seen':
			return filed.unread ? [{ kind: 'seen', by }] : [];
		case 'link':
			return linked(filed, change.ticketId, by);
		case 'label': {
			const add = change.add.filter((label) => !filed.labels.includes(label));
			const remove = change.remove.filter((label) => filed.labels.includes(label));
			return add.length + remove.length === 0 ? [] : [{ kind: 'labels-changed', by, add, remove }];
		}
	}
}

function linked(filed: Filed, ticketId: string | null, by: Person): FilingDraft[] {
	return filed.ticketId === ticketId ? [] : [{ kind: 'ticket-linked', by, ticketId }];
}
