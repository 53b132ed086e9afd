import { ImportRefused } from '$lib/domain/import/source';
import { changesAnything, emptyTally, type Tally } from '$lib/domain/import/tally';
import type { TransferStep, TransferWish } from '$lib/domain/import/transfer';
import type { Failure } from '$lib/domain/log/event';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { confirmImport } from '$lib/store/import-rest';
import { StorageFullError } from '$lib/store/log';
import { openFailure } from '$lib/store/open-failure';
import { ensureDeviceId, loadSetting } from '$lib/store/settings';
import { exportJob } from './export-job';
import { importJob } from './import-job';
import { sourceOf } from './sources';

/** A step answers after this long, or sooner, ms. */
const STEP_MS = 150;

type Steps = AsyncGenerator<TransferStep, TransferStep>;

interface Job {
	steps: Steps;
	/** What was merged so far; null where nothing can be. */
	tally: Tally | null;
}

/**
 * Exports and imports of the page of this tab. The page asks for one step after the other, so that it shows how far
 * it is, and stops by not asking any more. An import writes logs that no engine holds: what is at work here is left
 * alone, and what is brought in unfinished stands still.
 */
export class TransferDesk {
	#jobs = new Map<number, Job>();
	#n = 0;

	constructor(
		private readonly db: MusterDb,
		private readonly now: () => number = Date.now,
	) {}

	begin(wish: TransferWish): Promise<{ job: number }> {
		const tally = wish.do === 'merge' ? emptyTally() : null;
		const steps = wish.do === 'export' ? this.#export() : this.#import(wish.files, tally);
		this.#jobs.set(++this.#n, { steps, tally });
		return Promise.resolve({ job: this.#n });
	}

	/** Goes on for a while. A job that is over, or unknown, throws. */
	async step({ job }: { job: number }): Promise<TransferStep> {
		const running = this.#jobs.get(job);
		if (!running) throw new Error('This transfer has been stopped');
		const until = performance.now() + STEP_MS;
		const bytes: Uint8Array<ArrayBuffer>[] = [];
		for (;;) {
			const { done, value } = await running.steps.next();
			if ('bytes' in value) bytes.push(...value.bytes);
			if (done) this.#jobs.delete(job);
			if (done || performance.now() > until) return 'bytes' in value ? { ...value, bytes } : value;
		}
	}

	/** What was written stays, and is on the disk once this resolves. */
	async stop({ job }: { job: number }): Promise<{ tally: Tally | null }> {
		const running = this.#jobs.get(job);
		this.#jobs.delete(job);
		await running?.steps.return({ is: 'failed', failure: stopped, tally: running.tally });
		return { tally: running?.tally ?? null };
	}

	async *#export(): Steps {
		try {
			const workspace = await loadSetting(this.db, 'workspaceName');
			let last: TransferStep = { is: 'exported', progress: nothingYet, bytes: [] };
			for await (const { progress, bytes } of exportJob(this.db, this.now(), workspace)) {
				last = { is: 'exported', progress, bytes: [] };
				yield { is: 'working', progress, bytes };
			}
			return last;
		} catch (error) {
			return { is: 'failed', failure: failureOf(error), tally: null };
		}
	}

	/** `merged`: told of what is written; null: nothing is, and what would be is the answer. */
	async *#import(files: readonly File[], merged: Tally | null): Steps {
		// Bulk: each batch is whole, and the last write makes sure of them all.
		const db = new MusterDb(this.db.name, 'relaxed');
		const tally = merged ?? emptyTally();
		let job: ReturnType<typeof importJob> | null = null;
		try {
			const mark = { device: await ensureDeviceId(this.db), newId, now: this.now };
			const source = await sourceOf(files);
			job = importJob(source, { db, mark, dry: merged === null }, tally);
			for (;;) {
				const step = await job.next();
				if (step.done)
					return { is: merged ? 'merged' : 'checked', what: source.what, tally: step.value };
				yield { is: 'working', progress: step.value, bytes: [] };
			}
		} catch (error) {
			return { is: 'failed', failure: failureOf(error), tally: merged };
		} finally {
			await job?.return(tally);
			db.close();
			if (merged && changesAnything(merged)) await confirmImport(this.db, this.now());
		}
	}
}

const nothingYet = { done: 0, total: 0, sessions: 0 };

const stopped: Failure = { code: 'stopped', message: 'Stopped by you.' };

function failureOf(error: unknown): Failure {
	if (error instanceof ImportRefused) return error.failure;
	if (error instanceof StorageFullError)
		return {
			code: 'storage-full',
			message: 'There is no room left on this device.',
			advice:
				'Free some space (Settings, Storage shows what is used), then import the file again: what is here already is passed over.',
		};
	return openFailure(error);
}
