/** What stock clients of y-websocket do with the same content: plain documents, and what came put into a plain table. */
import { Dexie, type Table } from 'dexie';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { clock } from './device';

export interface StockRow {
	id: string;
}

export class StockClient {
	readonly doc = new Y.Doc();
	readonly #provider: WebsocketProvider;
	readonly #heard = new Map<string, number>();

	constructor(url: string, room: string) {
		this.#provider = new WebsocketProvider(url, room, this.doc, { disableBc: true });
		this.doc.getMap('rows').observe(({ keysChanged }) => {
			const now = clock();
			for (const key of keysChanged) if (!this.#heard.has(key)) this.#heard.set(key, now);
		});
	}

	synced(): Promise<void> {
		if (this.#provider.synced) return Promise.resolve();
		return new Promise((done) => this.#provider.once('sync', () => done()));
	}

	put(rows: readonly StockRow[]): void {
		const map = this.doc.getMap('rows');
		this.doc.transact(() => {
			for (const row of rows) map.set(row.id, row);
		});
	}

	rows(): StockRow[] {
		return [...this.doc.getMap<StockRow>('rows').values()];
	}

	async heardAt(key: string): Promise<number> {
		for (;;) {
			const at = this.#heard.get(key);
			if (at !== undefined) return at;
			await new Promise((done) => setTimeout(done, 5));
		}
	}

	/** Once the server has everything: it answers a second client. */
	async given(url: string, room: string): Promise<void> {
		for (;;) {
			const other = new StockClient(url, room);
			await other.synced();
			const isThere = other.rows().length >= this.rows().length;
			other.leave();
			if (isThere) return;
		}
	}

	leave(): void {
		this.#provider.destroy();
		this.doc.destroy();
	}
}

/** A table with an id and nothing else, as strict as the app's. */
class StockTable extends Dexie {
	declare rows: Table<StockRow, string>;

	constructor() {
		super(`stock-${crypto.randomUUID()}`, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({ rows: 'id' });
	}
}

/** Syncs all rows of a room into an empty table: ms. */
export async function rowsFetched(url: string, room: string): Promise<number> {
	const table = new StockTable();
	const from = clock();
	const client = new StockClient(url, room);
	await client.synced();
	await table.rows.bulkPut(client.rows());
	const took = clock() - from;
	client.leave();
	await table.delete();
	return took;
}

/** Fetches rooms, so many at once, each by a socket of its own and into the table: ms for all. */
export async function roomsFetched(
	url: string,
	rooms: readonly string[],
	atOnce: number,
): Promise<number> {
	const table = new StockTable();
	const left = [...rooms];
	const from = clock();
	const one = async (): Promise<void> => {
		for (let room = left.pop(); room !== undefined; room = left.pop()) {
			const client = new StockClient(url, room);
			await client.synced();
			await table.rows.bulkPut(client.rows());
			client.leave();
		}
	};
	await Promise.all(Array.from({ length: atOnce }, one));
	const took = clock() - from;
	await table.delete();
	return took;
}
