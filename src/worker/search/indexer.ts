import type { Failure } from '$lib/domain/log/event';
import { searchedText } from '$lib/domain/search/event-text';
import { indexWords, INDEX_VERSION } from '$lib/domain/search/index-words';
import type { SessionRow } from '$lib/domain/session-row';
import type { MusterDb, SearchDocument } from '$lib/store/db';
import { eventWindow } from '$lib/store/event-windows';
import { observe } from '$lib/store/live';
import { StorageFullError } from '$lib/store/log';
import {
	addWords,
	documentsOf,
	dropTasks,
	markGone,
	newestTasks,
	readyIndex,
	takeOutGone,
	type NewWords,
} from '$lib/store/search-index';
import { rowsById } from '$lib/store/session-windows';

/** Tasks looked at in one go; several may be of one session. */
const TASKS = 512;
/** Words of one write: enough that a posting is not rewritten for every session, few enough to be quick. */
const WORDS = 40_000;
/** Events read in one go. */
const BITE = 250;
/** Work on texts stops this often, so that whatever the engine does comes in between, ms. */
const STRETCH_MS = 8;
/** Words between two looks at the clock. */
const LOOKS = 256;
/** Rest between two writes while there is more to do, ms. */
const BREATH_MS = 15;
/** While somebody is at a page, which shares the database and the processor: less at once, and longer rests. */
const IN_USE = { tasks: 16, words: 2000, breathMs: 400 };
/** A session at work changes with every step; so often its words are taken in, ms. */
const REST_MS = 1000;
/** After a full disk: how soon it is tried again, ms. */
const TRY_AGAIN_MS = 60_000;

export interface IndexerParts {
	db: MusterDb;
	/** Why new words are not taken in, to be shown; null: they are again. */
	trouble(failure: Failure | null): void;
	/** Whether somebody is at a page just now. */
	inUse?(): boolean;
	/** Waits; tests do not. */
	pause?(ms: number): Promise<void>;
}

/**
 * Keeps the index of words in step with the logs, a while behind them. Every change of a row leaves a task; what is
 * done is in the index before its task goes, so that an indexer that is cut off does it again, which changes nothing.
 */
export class SearchIndexer {
	#stopped = false;
	#wake: (() => void) | null = null;
	/** Something has changed since it was last looked for. */
	#called = false;
	#full = false;

	constructor(private readonly parts: IndexerParts) {}

	/** Takes up what was left and follows what comes. Returns the stop. */
	start(): () => void {
		let stop = () => undefined as void;
		const run = async () => {
			await this.#surely(() => readyIndex(this.parts.db, INDEX_VERSION));
			if (this.#stopped) return;
			stop = observe(
				() => newestTasks(this.parts.db, 1),
				() => this.#call(),
				() => undefined,
			);
			while (!this.#stopped) {
				this.#called = false;
				const more = await this.#surely(() => this.step());
				if (more) await this.#pause(this.#inUse ? IN_USE.breathMs : BREATH_MS);
				else {
					await this.#untilCalled();
					await this.#pause(REST_MS);
				}
			}
		};
		void run();
		return () => {
			this.#stopped = true;
			stop();
			this.#call();
		};
	}

	get #inUse(): boolean {
		return this.parts.inUse?.() ?? false;
	}

	#call(): void {
		this.#called = true;
		this.#wake?.();
	}

	async #untilCalled(): Promise<void> {
		if (!this.#called) await new Promise<void>((resolve) => (this.#wake = resolve));
		this.#wake = null;
	}

	/** Does one piece of what there is to do. Resolves with whether there may be more. */
	async step(): Promise<boolean> {
		const { db } = this.parts;
		const tasks = await newestTasks(db, this.#inUse ? IN_USE.tasks : TASKS);
		if (tasks.length === 0) return takeOutGone(db);
		const ids = [...new Set(tasks.map(({ sessionId }) => sessionId))];
		const rows = await rowsById(db, ids);
		const documents = await documentsOf(db, ids);
		const batch: NewWords[] = [];
		const gone: string[] = [];
		const done = new Set<string>();
		let words = 0;
		for (const [i, sessionId] of ids.entries()) {
			const row = rows[i];
			if (row) {
				const read = await this.#newWords(row, documents.get(sessionId));
				batch.push(read);
				words += read.words.size;
			} else if (documents.has(sessionId)) gone.push(sessionId);
			done.add(sessionId);
			if (words > (this.#inUse ? IN_USE.words : WORDS) || this.#stopped) break;
		}
		if (batch.length > 0) await addWords(db, batch);
		if (gone.length > 0) await markGone(db, gone);
		await dropTasks(
			db,
			tasks.filter(({ sessionId }) => done.has(sessionId)),
		);
		return true;
	}

	/** What a session says that the index does not know. */
	async #newWords(row: SessionRow, document: SearchDocument | undefined): Promise<NewWords> {
		const words = new Set(indexWords(row.title));
		let seq = document?.seq ?? -1;
		let since = performance.now();
		let n = 0;
		for (;;) {
			const events = await eventWindow(this.parts.db, row.id, seq, BITE);
			for (const event of events)
				for (const word of indexWords(searchedText(event))) {
					words.add(word);
					if (++n % LOOKS !== 0 || performance.now() - since < STRETCH_MS) continue;
					await new Promise((resolve) => setTimeout(resolve));
					since = performance.now();
				}
			seq = events.at(-1)?.seq ?? seq;
			if (events.length < BITE || this.#stopped) break;
		}
		return { sessionId: row.id, startedAt: row.startedAt, seq, words };
	}

	/** Tries until it works: a full disk is waited for, and so is a database that does not answer. */
	async #surely<T>(work: () => Promise<T>): Promise<T | undefined> {
		while (!this.#stopped) {
			try {
				const done = await work();
				if (this.#full) this.parts.trouble(null);
				this.#full = false;
				return done;
			} catch (error) {
				if (this.#stopped) break;
				if (error instanceof StorageFullError && !this.#full) {
					this.#full = true;
					this.parts.trouble(searchStopped);
				}
				await this.#pause(TRY_AGAIN_MS);
			}
		}
		return undefined;
	}

	#pause(ms: number): Promise<void> {
		if (this.parts.pause) return this.parts.pause(ms);
		return new Promise((resolve) => setTimeout(resolve, ms));
	}
}

const searchStopped: Failure = {
	code: 'search-full',
	message: 'There is no room left on this device, so search does not take in anything new.',
	advice:
		'Free some space (Settings, Storage shows what is used). Nothing that was saved is lost, and search catches up by itself.',
};
