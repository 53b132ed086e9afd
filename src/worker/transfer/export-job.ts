import type { TransferProgress } from '$lib/domain/import/transfer';
import { WorkspaceWriter } from '$lib/domain/workspace-file/write';
import { allAgents } from '$lib/store/agents';
import type { MusterDb } from '$lib/store/db';
import { countSessions, eventsFrom, ticketEventsFrom } from '$lib/store/export-windows';
import { setSettings } from '$lib/store/import-rest';

/** Bytes of one bite, about: what is held in memory at once is a few of them. */
const BITE_BYTES = 2 * 1024 * 1024;
/** Events of one bite; fewer after a bite of large ones. */
const MOST_EVENTS = 2000;

export interface Exported {
	progress: TransferProgress;
	/** Of the zipped file, in order. */
	bytes: Uint8Array<ArrayBuffer>[];
}

/**
 * The whole workspace as the bytes of its file, bite by bite. Logs that grow meanwhile are in it up to the moment they
 * were read: a log is true up to any point. Keys, connections and what else is of this device are not read at all.
 */
export async function* exportJob(
	db: MusterDb,
	now: number,
	workspace: string,
): AsyncGenerator<Exported, void> {
	const total = await countSessions(db);
	const writer = new WorkspaceWriter();
	const zip = new Zip();
	const exported = (): Exported => ({
		progress: { done: writer.counts.sessions, total, sessions: writer.counts.sessions },
		bytes: zip.taken(),
	});
	try {
		await zip.write(writer.begin({ writtenAt: now, workspace }));
		const settings = await setSettings(db);
		const agents = (await allAgents(db)).sort((a, b) => (a.id < b.id ? -1 : 1));
		await zip.write(writer.lines([{ settings }, ...agents.map((agent) => ({ agent }))]));
		for await (const bite of bites(
			(after, limit) => ticketEventsFrom(db, after, limit),
			placeOfTicket,
		)) {
			const bytes = writer.lines(bite.events.map((ticket) => ({ ticket })));
			bite.measured(bytes.length);
			await zip.write(bytes);
		}
		for await (const bite of bites((after, limit) => eventsFrom(db, after, limit), placeOfEvent)) {
			const bytes = writer.lines(bite.events.map((event) => ({ event })));
			bite.measured(bytes.length);
			await zip.write(bytes);
			yield exported();
		}
		await zip.write(writer.end());
		await zip.close();
		yield exported();
	} finally {
		await zip.abort();
	}
}

type Place = [logId: string, seq: number];
const placeOfEvent = (event: { sessionId: string; seq: number }): Place => [
	event.sessionId,
	event.seq,
];
const placeOfTicket = (event: { ticketId: string; seq: number }): Place => [
	event.ticketId,
	event.seq,
];

/** Reads to the end, by as many events as give a bite of the right size. */
async function* bites<E>(
	read: (after: Place | null, limit: number) => Promise<E[]>,
	placeOf: (event: E) => Place,
): AsyncIterable<{ events: E[]; measured(bytes: number): void }> {
	let after: Place | null = null;
	let limit = 200;
	for (;;) {
		const asked: number = limit;
		const events = await read(after, asked);
		const last = events.at(-1);
		if (last === undefined) return;
		yield {
			events,
			measured(bytes) {
				const fit = Math.floor((BITE_BYTES * events.length) / Math.max(1, bytes));
				limit = Math.max(1, Math.min(MOST_EVENTS, fit));
			},
		};
		if (events.length < asked) return;
		after = placeOf(last);
	}
}

/** A gzip stream, with what has come out of it so far. */
class Zip {
	#stream = new CompressionStream('gzip');
	#writer = this.#stream.writable.getWriter();
	#out: Uint8Array<ArrayBuffer>[] = [];
	#closed = false;
	#drained = this.#drain();

	async #drain(): Promise<void> {
		const reader = this.#stream.readable.getReader();
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			this.#out.push(value);
		}
	}

	async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		await this.#writer.write(bytes);
	}

	async close(): Promise<void> {
		await this.#writer.close();
		await this.#drained;
		this.#closed = true;
	}

	/** Gives back what it holds, if it was not closed. */
	async abort(): Promise<void> {
		if (this.#closed) return;
		this.#drained.catch(() => undefined);
		await this.#writer.abort().catch(() => undefined);
	}

	taken(): Uint8Array<ArrayBuffer>[] {
		return this.#out.splice(0);
	}
}
