/** What the list of chats shows: each conversation once, with whatever of it is newest. */
import type { SessionRow } from '../session-row';

export interface Conversation {
	/** The chat it began as: its title, labels and ticket are the conversation's. */
	chat: SessionRow;
	/** What was said last: the chat itself, or one of its branches. */
	latest: SessionRow;
	/** Branches among the rows, the chat itself not counted. */
	branches: number;
	/** Some of it waits for a person, runs, or has news. */
	needsYou: boolean;
	running: boolean;
	unread: boolean;
}

export function chatIdOf({ id, place, parentId }: SessionRow): string {
	return place.startsWith('branch') ? (parentId ?? id) : id;
}

/** Rows of chats and branches, in any order → conversations, newest activity first. Branches without their chat are left out. */
export function conversationsOf(rows: readonly SessionRow[]): Conversation[] {
	const groups = new Map<string, SessionRow[]>();
	for (const row of rows) groups.set(chatIdOf(row), [...(groups.get(chatIdOf(row)) ?? []), row]);
	return [...groups]
		.flatMap(([id, members]): Conversation[] => {
			const chat = members.find((row) => row.id === id);
			const [latest] = members.toSorted((a, b) => b.updatedAt - a.updatedAt);
			if (!chat || !latest) return [];
			return [
				{
					chat,
					latest,
					branches: members.length - 1,
					needsYou: members.some((row) => row.needsYou),
					running: members.some(({ status }) => status === 'running'),
					unread: members.some((row) => row.unread),
				},
			];
		})
		.sort((a, b) => b.latest.updatedAt - a.latest.updatedAt || (a.chat.id < b.chat.id ? 1 : -1));
}
