import type { MusterDb } from '$lib/store/db';
import type { SyncTask } from '$lib/store/sync-task';
import { observe } from '$lib/store/live';
import { endTask, nextTasks } from '$lib/store/sync-tasks';

/** Things told at once. */
const AT_ONCE = 32;
const LOOK_AHEAD = 64;

export interface OutboxParts {
	db: MusterDb;
	/** Tells one thing, and is done once the relay has confirmed it: false when it could not. */
	tell(task: SyncTask): Promise<boolean>;
	failed(error: unknown): void;
}

/**
 * Tells other devices what was written here, newest first. What the relay has not confirmed stays in the table, and is
 * told again after a restart or once the relay is back.
 */
export class Outbox {
	#parts: OutboxParts;
	/** Being told, or not to be told before the next start, by the mark of the write. */
	#taken = new Map<string, string>();
	#busy = 0;
	#next: readonly SyncTask[] = [];
	#stop: (() => void) | null = null;

	constructor(parts: OutboxParts) {
		this.#parts = parts;
	}

	start(): void {
		if (this.#stop) return;
		this.#taken.clear();
		const { db, failed } = this.#parts;
		this.#stop = observe(
			() => nextTasks(db, LOOK_AHEAD),
			(tasks) => {
				this.#next = tasks;
				this.#fill();
			},
			failed,
		);
	}

	stop(): void {
		this.#stop?.();
		this.#stop = null;
		this.#next = [];
	}

	#fill(): void {
		for (const task of this.#next) {
			if (this.#busy >= AT_ONCE) return;
			if (this.#taken.has(task.what)) continue;
			this.#taken.set(task.what, task.mark);
			this.#busy++;
			void this.#tell(task);
		}
	}

	async #tell(task: SyncTask): Promise<void> {
		try {
			if (await this.#parts.tell(task)) {
				await endTask(this.#parts.db, task);
				this.#taken.delete(task.what);
			}
		} catch (error) {
			this.#parts.failed(error);
		} finally {
			this.#busy--;
			this.#next = this.#next.filter(({ mark }) => mark !== task.mark);
			if (this.#stop) this.#fill();
		}
	}
}
