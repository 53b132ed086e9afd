import type { Change, Store } from './port';

interface Waiting {
	readonly changes: readonly Change[];
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
}

export interface CommitReport {
	/** Of the group. */
	readonly changes: number;
	readonly ms: number;
	readonly error?: unknown;
}

/** Most in one group: what comes after waits for the next, so that nothing waits for very long. */
const GROUP_CHANGES = 4_096;

/**
 * One commit at a time: what arrives while one is under way is in the next [3.4]. Promises are settled in the order
 * of the calls. Where a commit fails, all that waits behind it fails too, since it may build on what was not kept.
 */
export class GroupCommit {
	readonly #store: Pick<Store, 'commit'>;
	readonly #report: (report: CommitReport) => void;
	#waiting: Waiting[] = [];
	#running: Promise<void> | null = null;

	constructor(
		store: Pick<Store, 'commit'>,
		report: (report: CommitReport) => void = () => undefined,
	) {
		this.#store = store;
		this.#report = report;
	}

	/** Resolves once all of it is on the disk. */
	add(changes: readonly Change[]): Promise<void> {
		const kept = new Promise<void>((done, failed) => this.#waiting.push({ changes, done, failed }));
		this.#running ??= this.#run();
		return kept;
	}

	/** Resolves once nothing waits. */
	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #run(): Promise<void> {
		await Promise.resolve(); // what is added in one go is one group
		while (this.#waiting.length) {
			const group = this.#waiting.splice(0, GROUP_CHANGES);
			const changes = group.flatMap((entry) => entry.changes);
			const began = performance.now();
			try {
				await this.#store.commit(changes);
				this.#report({ changes: changes.length, ms: performance.now() - began });
				for (const entry of group) entry.done();
			} catch (error) {
				this.#report({ changes: changes.length, ms: performance.now() - began, error });
				for (const entry of [...group, ...this.#waiting.splice(0)]) entry.failed(error);
			}
		}
		this.#running = null;
	}
}
