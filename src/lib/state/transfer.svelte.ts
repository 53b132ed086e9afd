import type { Tally } from '../domain/import/tally';
import type { TransferProgress, TransferStep, TransferWish } from '../domain/import/transfer';
import type { Failure } from '../domain/log/event';
import { app } from './app.svelte';
import { EngineFailure } from './engine-client';

/** Where an export is written. Bytes come in order; one that is aborted leaves nothing behind. */
export interface FileSink {
	write(bytes: readonly Uint8Array<ArrayBuffer>[]): Promise<void>;
	/** Resolves with the name of the file. */
	close(): Promise<string>;
	abort(): Promise<void>;
}

export type Transferring = 'export' | 'check' | 'merge';

export type TransferPhase =
	| { is: 'resting' }
	| { is: 'working'; doing: Transferring; progress: TransferProgress | null; stopping: boolean }
	/** Read to its end; what it would change is for a person to want. */
	| { is: 'checked'; what: string; files: readonly File[]; tally: Tally }
	| { is: 'merged'; what: string; tally: Tally }
	| { is: 'exported'; name: string; sessions: number; bytes: number }
	/** `failure` null: a person stopped it. `tally`: what was merged before; null: nothing was. */
	| { is: 'ended'; doing: Transferring; failure: Failure | null; tally: Tally | null };

export type Told = (text: string, tone: 'completed' | 'failed') => void;

/**
 * The one export or import of this page. It goes on while the person looks at something else in the app; the work is
 * the worker's, which is asked for one step after the other.
 */
export class Transfer {
	#phase = $state.raw<TransferPhase>({ is: 'resting' });
	#stop = false;
	#watched = false;
	#tellElsewhere: Told = () => undefined;

	get phase(): TransferPhase {
		return this.#phase;
	}

	get isWorking(): boolean {
		return this.#phase.is === 'working';
	}

	/** Call it while the panel is on the screen. How it ended is told to `elsewhere` once it is not. Returns the end. */
	watch(elsewhere: Told): () => void {
		this.#watched = true;
		this.#tellElsewhere = elsewhere;
		return () => {
			this.#watched = false;
		};
	}

	/** Reads files whole and says what importing them would change. */
	async check(files: readonly File[]): Promise<void> {
		if (this.isWorking || files.length === 0) return;
		const step = await this.#run('check', { do: 'check', files: [...files] });
		if (step?.is !== 'checked') return;
		this.#phase = { is: 'checked', what: step.what, files, tally: step.tally };
		this.#tell('The files have been read, and nothing imported yet', 'completed');
	}

	/** Brings in what was checked. */
	async merge(): Promise<void> {
		if (this.#phase.is !== 'checked') return;
		const { files } = this.#phase;
		const step = await this.#run('merge', { do: 'merge', files: [...files] });
		if (step?.is !== 'merged') return;
		this.#phase = { is: 'merged', what: step.what, tally: step.tally };
		this.#tell('Import finished', 'completed');
	}

	async exportTo(sink: FileSink): Promise<void> {
		if (this.isWorking) return;
		let bytes = 0;
		const step = await this.#run('export', { do: 'export' }, async (chunks) => {
			await sink.write(chunks);
			for (const chunk of chunks) bytes += chunk.length;
		});
		if (step?.is !== 'exported') return sink.abort();
		const name = await sink.close();
		this.#phase = { is: 'exported', name, sessions: step.progress.sessions, bytes };
		this.#tell('Workspace exported', 'completed');
	}

	/** Stops after the step that is being done. */
	stop(): void {
		this.#stop = true;
		if (this.#phase.is === 'working') this.#phase = { ...this.#phase, stopping: true };
	}

	/** Puts the answer of the last one away. */
	clear(): void {
		if (!this.isWorking) this.#phase = { is: 'resting' };
	}

	/** Step by step to the end. Null: it did not come to it, and the phase says why. */
	async #run(
		doing: Transferring,
		wish: TransferWish,
		take: (bytes: Uint8Array<ArrayBuffer>[]) => Promise<void> = () => Promise.resolve(),
	): Promise<TransferStep | null> {
		this.#stop = false;
		this.#phase = { is: 'working', doing, progress: null, stopping: false };
		let job: number | null = null;
		addEventListener('beforeunload', askFirst);
		try {
			({ job } = await app.ask('transfer-begin', wish));
			for (;;) {
				const step = await app.ask('transfer-step', { job });
				if ('bytes' in step && step.bytes.length > 0) await take(step.bytes);
				if (step.is === 'failed') return this.#end(doing, step.failure, step.tally);
				if (step.is !== 'working') return step;
				if (this.#stop) {
					const { tally } = await app.ask('transfer-stop', { job });
					return this.#end(doing, null, tally);
				}
				this.#phase = { is: 'working', doing, progress: step.progress, stopping: false };
			}
		} catch (error) {
			const stopped = job === null ? null : await this.#given(job);
			return this.#end(doing, failureOf(error), stopped);
		} finally {
			removeEventListener('beforeunload', askFirst);
		}
	}

	/** What was merged by a job that cannot go on. */
	async #given(job: number): Promise<Tally | null> {
		try {
			return (await app.ask('transfer-stop', { job })).tally;
		} catch {
			return null;
		}
	}

	#end(doing: Transferring, failure: Failure | null, tally: Tally | null): null {
		this.#phase = { is: 'ended', doing, failure, tally };
		if (failure) this.#tell(failure.message, 'failed');
		return null;
	}

	#tell(...told: Parameters<Told>): void {
		if (!this.#watched) this.#tellElsewhere(...told);
	}
}

/** Whoever closes the tab ends the work that its worker does. */
function askFirst(event: BeforeUnloadEvent): void {
	event.preventDefault();
}

function failureOf(error: unknown): Failure {
	if (error instanceof EngineFailure) return error.failure;
	const name = error instanceof Error ? error.name : '';
	return name === 'QuotaExceededError'
		? {
				code: 'disk-full',
				message: 'The disk is full.',
				advice: 'Free some space, then try again.',
			}
		: {
				code: 'not-written',
				message: 'The file could not be written.',
				advice: 'Choose another place for it, then try again.',
			};
}

export const transfer = new Transfer();
