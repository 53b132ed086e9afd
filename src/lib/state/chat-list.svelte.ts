import { chatIdOf, conversationsOf, type Conversation } from '../domain/views/conversations';
import type { MusterDb } from '../store/db';
import { latestTalk } from '../store/relations';
import { rowsById } from '../store/session-windows';
import { app } from './app.svelte';

/** Rows read at first, and more of them each time the end comes near. */
const STEP_ROWS = 100;

/** The chats, those of the newest activity first. They stay where they are while somebody points at them. */
class ChatList {
	#limit = $state(STEP_ROWS);
	#held = $state(false);
	#query = $derived.by(() => {
		const limit = this.#limit;
		return app.live((db) => latest(db, limit));
	});
	#last: { conversations: Conversation[]; more: boolean } | null = null;
	// While more is being read, what was there is better than nothing.
	#answer = $derived.by(() => (this.#last = this.#query.current ?? this.#last));
	#order: readonly string[] = [];

	readonly all: readonly Conversation[] | null = $derived.by(() => {
		const fresh = this.#answer?.conversations;
		if (!fresh) return null;
		const shown = this.#held ? inOrder(fresh, this.#order) : fresh;
		this.#order = shown.map(({ chat }) => chat.id);
		return shown;
	});

	get more(): boolean {
		return this.#answer?.more ?? false;
	}

	get error(): unknown {
		return this.#query.error;
	}

	loadMore(): void {
		if (this.more) this.#limit += STEP_ROWS;
	}

	hold(held: boolean): void {
		this.#held = held;
	}
}

async function latest(db: MusterDb, limit: number) {
	const rows = await latestTalk(db, limit);
	const known = new Set(rows.map(({ id }) => id));
	const missing = [...new Set(rows.map(chatIdOf))].filter((id) => !known.has(id));
	const others = (await rowsById(db, missing)).filter((row) => row?.place === 'chat');
	const all = [...rows, ...others.filter((row) => row !== undefined)];
	return { conversations: conversationsOf(all), more: rows.length >= limit };
}

/** New ones lead, and the others keep their places. */
function inOrder(fresh: Conversation[], order: readonly string[]): Conversation[] {
	const place = new Map(order.map((id, i) => [id, i]));
	return fresh.toSorted((a, b) => (place.get(a.chat.id) ?? -1) - (place.get(b.chat.id) ?? -1));
}

export const chatList = new ChatList();
