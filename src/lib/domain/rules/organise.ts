/** What filing many sessions at once means for each of them. Pure. */
import type { Organising } from '../command';
import type { DraftOf, Person } from '../log/event';
import { nextTurn, type Filed, type FilingKind } from '../log/filing';

export type FilingDraft = { [K in FilingKind]: DraftOf<K> }[FilingKind];

type FiledNow = Omit<Filed, 'stamps' | 'seenUpTo'> & Partial<Pick<Filed, 'stamps'>>;

/**
 * What to write into the log of a session that is filed as `filed`, and in which something happened last at `lastAt`,
 * epoch ms: nothing where it is so already.
 */
export function filingEvents(
	filed: FiledNow,
	lastAt: number,
	change: Exclude<Organising, { do: 'purge' }>,
	by: Person,
): FilingDraft[] {
	const turn = nextTurn({ stamps: filed.stamps ?? {} });
	return acts(filed, lastAt, change).map((act) => ({ ...act, by, turn }));
}

type Act = FilingDraft extends infer D
	? D extends FilingDraft
		? Omit<D, 'by' | 'turn'>
		: never
	: never;

function acts(
	filed: FiledNow,
	lastAt: number,
	change: Exclude<Organising, { do: 'purge' }>,
): Act[] {
	switch (change.do) {
		case 'archive':
			return [
				...linked(filed, change.ticketId ?? filed.ticketId),
				...(filed.archivedAt === null ? [{ kind: 'archived' } as const] : []),
			];
		case 'unarchive':
			return filed.archivedAt === null ? [] : [{ kind: 'unarchived' }];
		case 'delete':
			return filed.deletedAt === null ? [{ kind: 'deleted' }] : [];
		case 'restore':
			return filed.deletedAt === null ? [] : [{ kind: 'restored' }];
		case 'mark-seen':
			return filed.unread ? [{ kind: 'seen', upTo: lastAt }] : [];
		case 'link':
			return linked(filed, change.ticketId);
		case 'label': {
			const add = change.add.filter((label) => !filed.labels.includes(label));
			const remove = change.remove.filter((label) => filed.labels.includes(label));
			return add.length + remove.length === 0 ? [] : [{ kind: 'labels-changed', add, remove }];
		}
	}
}

function linked(filed: FiledNow, ticketId: string | null): Act[] {
	return filed.ticketId === ticketId ? [] : [{ kind: 'ticket-linked', ticketId }];
}
