import type { SessionRow } from '../session-row';

/** Where a session is opened: chats and their branches in Chat, everything else in Agent Runs. */
export function sessionAddress({ id, place }: Pick<SessionRow, 'id' | 'place'>): string {
	return `/${place.startsWith('run') ? 'runs' : 'chat'}/${id}`;
}
