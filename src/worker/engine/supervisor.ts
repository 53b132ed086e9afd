import type { CommandRecord } from '$lib/domain/command';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { EventDraft, Failure } from '$lib/domain/log/event';
import { markCommand, openCommands } from '$lib/store/commands';
import { observe } from '$lib/store/live';
import { LogMovedOnError, StorageFullError } from '$lib/store/log';
import { openFailure } from '$lib/store/open-failure';
import { unfinishedSessions } from '$lib/store/sessions';
import { failsAgain } from '$lib/store/write-failure';
import type { Journal } from '../journal/journal';
import { Breaks, notWritten, type Attempt } from './breaks';
import { handleCommand } from './command-desk';
import { isOthers, nowhere, type Elsewhere } from './elsewhere';
import { leaseToTake } from './lease';
import { Runner, type RunnerParts } from './runner';

/** After a full disk or a lost database: how soon a session is tried again. */
const TRY_AGAIN_MS = 15_000;

export interface SupervisorParts extends Omit<RunnerParts, 'onBroken' | 'onIdle'> {
	journal: Journal;
	/** Other devices of the workspace; by itself there are none. */
	elsewhere?: Elsewhere;
	/** How soon a session that broke is taken up again, ms. */
	tryAgainMs?: number;
	/** Calls `listener` whenever this device is back online. Returns the stop. */
	onOnline(listener: () => void): () => void;
	/** What stands in the way of the whole engine, to be shown; null when it is gone. */
	trouble(failure: Failure | null): void;
}

/** Runs every session of this device that has something to do, and carries out commands in the order given. */
export class Supervisor {
	#runners = new Map<string, Promise<Runner>>();
	#desk: Promise<void> = Promise.resolve();
	#taken = new Set<string>();
	#retryTimer: ReturnType<typeof setTimeout> | null = null;
	#troubled = new Set<string>();
	#breaks = new Breaks();
	/** Sessions that are to end, by why; they are not run any more. */
	#givenUp = new Map<string, Failure>();
	#stops: (() => void)[] = [];

	constructor(private readonly parts: SupervisorParts) {}

	get #elsewhere(): Elsewhere {
		return this.parts.elsewhere ?? nowhere;
	}

	/** Another device has written into a session: it may have taken it over, or have left something to do here. */
	heard(sessionId: string): void {
		this.#desk = this.#desk.then(async () => {
			const { journal } = this.parts;
			const isHeld = journal.holds(sessionId);
			const { state } = await journal.open(sessionId);
			const isOurs = state.lease?.device === journal.parts.device.id;
			if (isOurs && !state.ended) await this.#wake(sessionId);
			else if (this.#runners.has(sessionId)) this.#drop(sessionId);
			else if (!isHeld) journal.close(sessionId);
		});
	}

	/** Somebody beside the runner has held a log, and needs it no more. */
	released(sessionId: string): void {
		this.#desk = this.#desk.then(() => {
			if (!this.#runners.has(sessionId)) this.parts.journal.close(sessionId);
		});
	}

	/** The log of a session is another one than it was: whatever is held of it is of no use. */
	moved(sessionId: string): void {
		this.#desk = this.#desk.then(async () => {
			this.#drop(sessionId);
			await this.#wake(sessionId);
		});
	}

	/** Takes up what was left unfinished and listens for commands. Returns the stop. */
	start(): () => void {
		const { db } = this.parts.journal.parts;
		this.#stops.push(
			observe(
				() => openCommands(db),
				(records) => this.#takeUp(records),
				(error) => this.parts.trouble(openFailure(error)),
			),
		);
		this.#stops.push(this.parts.onOnline(() => void this.#hurryAll()));
		this.#desk = this.#desk.then(() => this.#resumeAll());
		return () => this.#stop();
	}

	#stop(): void {
		for (const stop of this.#stops.splice(0)) stop();
		if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
		for (const runner of this.#runners.values()) void runner.then((r) => r.stop());
		this.#runners.clear();
	}

	async #resumeAll(): Promise<void> {
		try {
			for (const row of await unfinishedSessions(this.parts.journal.parts.db))
				await this.#wake(row.id);
		} catch (error) {
			this.parts.trouble(openFailure(error));
		}
	}

	#takeUp(records: readonly CommandRecord[]): void {
		for (const record of records) {
			if (this.#taken.has(record.id)) continue;
			this.#taken.add(record.id);
			this.#desk = this.#desk.then(() => this.#carryOut(record));
		}
	}

	async #carryOut(record: CommandRecord, secondTry = false): Promise<void> {
		const { journal } = this.parts;
		try {
			const done = await handleCommand(record, journal, this.#elsewhere);
			// It comes back where this device takes the session over before it was answered.
			if (done === 'passed-on') this.#taken.delete(record.id);
			else
				for (const sessionId of done) {
					this.#forgive(sessionId);
					await this.#wake(sessionId);
				}
		} catch (error) {
			this.#taken.delete(record.id);
			if (record.sessionId !== null) this.#broken(record.sessionId, error, null);
			if (error instanceof LogMovedOnError && !secondTry) return this.#carryOut(record, true);
			if (error instanceof StorageFullError) return;
			await markCommand(journal.parts.db, record.id, 'refused', fault(error)).catch(() =>
				this.parts.trouble(openFailure(error)),
			);
		}
	}

	async #wake(sessionId: string): Promise<void> {
		try {
			let runner = this.#runners.get(sessionId);
			if (!runner) {
				if (await this.#standsStill(sessionId)) return;
				runner = this.#makeRunner(sessionId);
				this.#runners.set(sessionId, runner);
			}
			await (await runner).wake();
		} catch (error) {
			this.#broken(sessionId, error, { calledModel: false });
		}
	}

	/**
	 * What came out of a file unfinished, or is run by another device, is not taken over, nor held in memory, before a
	 * person has it go on here. Of what was taken away there is nothing to run.
	 */
	async #standsStill(sessionId: string): Promise<boolean> {
		const { journal } = this.parts;
		const isHeld = journal.holds(sessionId);
		const { state, isEmpty } = await journal.open(sessionId);
		const isImported = state.imported && !state.cancelling;
		if (!isEmpty && !isImported && !isOthers(state, this.#elsewhere)) return false;
		if (!isHeld) journal.close(sessionId);
		return true;
	}

	async #makeRunner(sessionId: string): Promise<Runner> {
		const { journal } = this.parts;
		const log = await journal.open(sessionId);
		await log.append((state) => leaseToTake(state, journal.parts.device));
		return new Runner(log, {
			...this.parts,
			onBroken: (runner, error) => this.#broken(sessionId, error, runner),
			onIdle: (runner) => (this.#desk = this.#desk.then(() => this.#letGo(runner))),
		});
	}

	/**
	 * A session that only waits for a person needs no runner and no memory; the next command reads it again. Goes
	 * through the desk, so that no command is at work on the log meanwhile.
	 */
	#letGo(runner: Runner): void {
		if (runner.isBusy) return;
		runner.stop();
		const { sessionId } = runner.log;
		this.#runners.delete(sessionId);
		this.#forgive(sessionId);
		this.parts.journal.close(sessionId);
	}

	async #hurryAll(): Promise<void> {
		for (const runner of [...this.#runners.values()]) await (await runner).hurry();
	}

	/**
	 * Forgets what it holds of a session; what is stored is the truth, and is read again after a while. A session
	 * that `attempt` brought no further, once more, is ended: nobody should pay for the same call for ever.
	 */
	#broken(sessionId: string, error: unknown, attempt: Attempt | null): void {
		this.#drop(sessionId);
		// Another engine runs it now; this one has nothing to say about it any more.
		if (error instanceof LogMovedOnError) return;
		const again = failsAgain(error);
		if (!again) this.parts.trouble(troubleOf(error));
		const counts = attempt && (again || attempt.calledModel);
		if (counts && this.#breaks.tooMany(sessionId, attempt.turns)) {
			this.#givenUp.set(sessionId, notWritten(error));
			this.#desk = this.#desk.then(() => this.#end(sessionId));
		} else this.#takeUpLater(sessionId);
	}

	#drop(sessionId: string): void {
		void this.#runners.get(sessionId)?.then(
			(runner) => runner.stop(),
			() => undefined,
		);
		this.#runners.delete(sessionId);
		this.parts.journal.close(sessionId);
	}

	#takeUpLater(sessionId: string): void {
		this.#troubled.add(sessionId);
		const { tryAgainMs = TRY_AGAIN_MS } = this.parts;
		this.#retryTimer ??= setTimeout(() => void this.#tryAgain(), tryAgainMs);
	}

	/** A person has spoken, or it has come to rest: what broke before does not count any more. */
	#forgive(sessionId: string): void {
		this.#breaks.forget(sessionId);
		this.#givenUp.delete(sessionId);
	}

	/** Writes down that a session has failed. Where even that is impossible it tries again later, and asks no model. */
	async #end(sessionId: string): Promise<void> {
		const failure = this.#givenUp.get(sessionId);
		if (!failure) return;
		try {
			const log = await this.parts.journal.open(sessionId);
			await log.append(({ ended }) => (ended ? [] : failedBy(failure)));
			this.#forgive(sessionId);
		} catch (error) {
			this.parts.trouble(failsAgain(error) ? failure : troubleOf(error));
			this.#takeUpLater(sessionId);
		} finally {
			this.parts.journal.close(sessionId);
		}
	}

	async #tryAgain(): Promise<void> {
		this.#retryTimer = null;
		const sessions = [...this.#troubled];
		this.#troubled.clear();
		this.#desk = this.#desk.then(async () => {
			for (const sessionId of sessions)
				await (this.#givenUp.has(sessionId) ? this.#end(sessionId) : this.#wake(sessionId));
		});
		try {
			this.#takeUp(await openCommands(this.parts.journal.parts.db));
		} catch (error) {
			this.parts.trouble(openFailure(error));
			return;
		}
		await this.#desk;
		if (this.#troubled.size === 0) this.parts.trouble(null);
	}
}

function failedBy(failure: Failure): EventDraft[] {
	return [
		{ kind: 'error', by: BY_ENGINE, failure },
		{ kind: 'ended', by: BY_ENGINE, status: 'failed' },
	];
}

function troubleOf(error: unknown): Failure {
	if (error instanceof StorageFullError)
		return {
			code: 'storage-full',
			message: 'There is no room left on this device, so runs have stopped where they were.',
			advice:
				'Free some space (Settings, Storage shows what is used). Nothing that was saved is lost, and runs go on by themselves.',
		};
	return openFailure(error);
}

function fault(error: unknown): string {
	return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
