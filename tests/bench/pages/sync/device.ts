/** A device as the worker of the app has one, but without an engine: its database, its journal and its sync. */
import type { EventDraft, SessionEvent } from '../../../../src/lib/domain/log/event';
import { MusterDb } from '../../../../src/lib/store/db';
import { newId } from '../../../../src/lib/store/ids';
import { importSessions, type SessionItem } from '../../../../src/lib/store/import-sessions';
import { observe } from '../../../../src/lib/store/live';
import { eventsAfter } from '../../../../src/lib/store/sessions';
import { Journal } from '../../../../src/worker/journal/journal';
import { SyncService } from '../../../../src/worker/sync/sync-service';
import { bytesOf, ownKeys, rosterOf, type Statements } from './workspace';

/** The same in all pages of this machine, ms. */
export const clock = (): number => performance.timeOrigin + performance.now();

export class Device {
	readonly db: MusterDb;
	readonly #journal: Journal;
	readonly errors: unknown[] = [];
	#service: SyncService | null = null;
	/** When each event of a session that is watched was first read from the database. */
	readonly #read = new Map<string, number>();

	/** `name` is that of the device, as logs have it. */
	constructor(readonly name: string) {
		this.db = new MusterDb(`bench-${name}-${newId()}`);
		this.#journal = new Journal({
			db: this.db,
			device: { id: name, name },
			now: Date.now,
			newId,
			appended: (sessionId) => this.#service?.wrote(sessionId),
		});
	}

	async start(relay: string, statements: Statements): Promise<void> {
		const roster = await rosterOf(bytesOf(statements));
		this.#service = await SyncService.start({
			db: this.db,
			journal: this.#journal,
			membership: {
				id: 'this',
				v: 1,
				workspace: roster.workspace,
				relay,
				invite: '',
				device: await ownKeys(),
				roster: roster.statements,
				joinedAt: 0,
			},
			engine: {
				heard: () => undefined,
				moved: () => undefined,
				released: (id) => this.#journal.close(id),
			},
			renewed: () => undefined,
			failed: (error) => void this.errors.push(error),
		});
	}

	async stop(): Promise<void> {
		await this.#service?.stop();
		this.#service = null;
		this.db.close();
		await this.db.delete();
	}

	/** Writes logs as an import does. */
	async import(sessions: readonly SessionItem[]): Promise<void> {
		const mark = { device: this.name, newId, now: Date.now };
		for (let at = 0; at < sessions.length; at += 500)
			await importSessions(this.db, sessions.slice(at, at + 500), mark);
	}

	async append(sessionId: string, draft: EventDraft): Promise<string> {
		const [event] = await (await this.#journal.open(sessionId)).append([draft]);
		if (!event) throw new Error('Nothing was appended');
		return event.id;
	}

	/** From now on it is noted when events of a session are read here, as a screen reads them. */
	watch(sessionId: string): void {
		let seq = -1;
		observe(
			() => eventsAfter(this.db, sessionId, seq),
			(events: readonly (SessionEvent & { seq: number })[]) => {
				const now = clock();
				for (const event of events) {
					if (!this.#read.has(event.id)) this.#read.set(event.id, now);
					seq = Math.max(seq, event.seq);
				}
			},
			(error) => this.errors.push(error),
		);
	}

	/** When an event was read here; waits for it. */
	async readAt(id: string): Promise<number> {
		for (;;) {
			const at = this.#read.get(id);
			if (at !== undefined) return at;
			await new Promise((done) => setTimeout(done, 5));
		}
	}

	/** Once what a query of the database gives is so; gives when, and what it was then. */
	until<T>(query: () => Promise<T>, so: (value: T) => boolean): Promise<{ at: number; value: T }> {
		return new Promise((done, failed) => {
			let isOver = false;
			const stop = observe(
				query,
				(value) => {
					if (isOver || !so(value)) return;
					isOver = true;
					done({ at: clock(), value });
					queueMicrotask(() => stop());
				},
				failed,
			);
		});
	}
}
