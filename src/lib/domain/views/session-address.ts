import type { SessionRow } from '../session-row';

/** Where a session is opened: chats and their branches in Chat, everything else in Agent Runs. */
export function sessionAddress({ id, place }: Pick<SessionRow, 'id' | 'place'>): string {
	return `/${place.startsWith('run') ? 'runs' : 'chat'}/${id}`;
}

/** The query and the hash of a session's address, which also have the tab that was chosen since. */
export function wishesWith(
	tab: string,
	{ search, hash }: Record<'search' | 'hash', string>,
): string {
	const wishes = new URLSearchParams(search);
	if (tab !== 'messages') wishes.set('tab', tab);
	return (wishes.size > 0 ? `?${wishes}` : '') + hash;
}
