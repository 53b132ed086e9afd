import {
	applyAwarenessUpdate,
	Awareness,
	encodeAwarenessUpdate,
	removeAwarenessStates,
} from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Bytes } from '../../src/lib/wire/bytes';

interface Change {
	added: number[];
	updated: number[];
	removed: number[];
}

/** Who is in a room, for clients that say so by y-protocols' awareness. Muster's own don't [2.9]; kept nowhere. */
export class Presence {
	readonly #doc: Y.Doc;
	/** Made when the first one says something: it has a timer. */
	#awareness: Awareness | null = null;
	/** Which of Yjs' client ids each channel spoke for. */
	readonly #spokenFor = new Map<object, Set<number>>();

	constructor(doc: Y.Doc) {
		this.#doc = doc;
	}

	/** False where it can't be read. */
	update(channel: object, update: Bytes): boolean {
		const awareness = (this.#awareness ??= this.#begin());
		try {
			applyAwarenessUpdate(awareness, update, channel);
			return true;
		} catch {
			return false;
		}
	}

	/** Everyone, as one update; null where nobody said anything. */
	all(): Bytes | null {
		const clients = [...(this.#awareness?.getStates().keys() ?? [])];
		return clients.length ? this.#encode(clients) : null;
	}

	/** Takes out whom the channel spoke for: the update that says so, or null. */
	leave(channel: object): Bytes | null {
		const clients = [...(this.#spokenFor.get(channel) ?? [])];
		this.#spokenFor.delete(channel);
		if (!this.#awareness || !clients.length) return null;
		removeAwarenessStates(this.#awareness, clients, null);
		return this.#encode(clients);
	}

	free(): void {
		this.#awareness?.destroy();
	}

	#begin(): Awareness {
		const awareness = new Awareness(this.#doc);
		awareness.setLocalState(null);
		awareness.on('update', ({ added, updated, removed }: Change, channel: unknown) => {
			if (typeof channel !== 'object' || channel === null) return;
			const clients = this.#spokenFor.get(channel) ?? new Set();
			for (const client of [...added, ...updated]) clients.add(client);
			for (const client of removed) clients.delete(client);
			this.#spokenFor.set(channel, clients);
		});
		return awareness;
	}

	#encode(clients: number[]): Bytes {
		return encodeAwarenessUpdate(this.#awareness as Awareness, clients) as Bytes;
	}
}
