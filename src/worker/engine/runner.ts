import { decide } from '$lib/domain/deciders/decide';
import {
	beginningOf,
	isUnderWay,
	nextMove,
	type Act,
	type Move,
} from '$lib/domain/deciders/next-move';
import { actorState } from '$lib/domain/log/state';
import { waitsForNetwork } from '$lib/domain/rules/retry';
import type { SessionLog } from '../journal/journal';
import type { Tool } from '../tools/tool-port';
import { runTool } from './run-tool';
import { runTurn, type TurnParts } from './run-turn';

export interface RunnerParts extends Omit<TurnParts, 'log'> {
	toolFor(name: string): Tool | undefined;
	/** The log could not be written or was taken over: this runner has stopped and must be made anew. */
	onBroken(runner: Runner, error: unknown): void;
	/** Nothing is under way and nothing is due: only an answer or a command can change that. */
	onIdle(runner: Runner): void;
}

/** Longest delay a timer takes (2^31 - 1 ms); a later retry is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Runs one session: decides, writes down, begins, and decides again whenever something was appended. It keeps
 * nothing that the log does not say, but the work under way.
 */
export class Runner {
	#underWay = new Map<Act, AbortController>();
	#timer: ReturnType<typeof setTimeout> | null = null;
	#pumping: Promise<void> | null = null;
	#again = false;
	#stopped = false;
	#hurried = false;
	#calledModel = false;

	constructor(
		readonly log: SessionLog,
		private readonly parts: RunnerParts,
	) {}

	/** Whether it has made a model call, which somebody pays for. */
	get calledModel(): boolean {
		return this.#calledModel;
	}

	/** Model calls of the session that have ended. */
	get turns(): number {
		return this.log.state.turns;
	}

	/** Something was appended, or the world has changed: look again. Resolves once nothing more can be begun. */
	wake(): Promise<void> {
		this.#again = true;
		this.#pumping ??= this.#pump().finally(() => (this.#pumping = null));
		return this.#pumping;
	}

	/** The device is back online: begins at once what has been waiting for that, and nothing else. */
	hurry(): Promise<void> {
		this.#hurried = true;
		return this.wake();
	}

	get isBusy(): boolean {
		return this.#underWay.size > 0 || this.#timer !== null;
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		for (const controller of this.#underWay.values()) controller.abort(new Error('Runner stopped'));
		this.#underWay.clear();
	}

	async #pump(): Promise<void> {
		while (this.#again && !this.#stopped) {
			this.#again = false;
			try {
				await this.#settle();
			} catch (error) {
				this.#break(error);
			}
		}
		if (!this.#stopped && !this.isBusy) this.parts.onIdle(this);
	}

	/** Records and begins until there is nothing left to do but wait. */
	async #settle(): Promise<void> {
		const hurried = this.#hurried;
		this.#hurried = false;
		while (!this.#stopped) {
			this.#abortUnwanted();
			let move: Move = { do: 'rest' };
			let due: Act[] = [];
			await this.log.append((state) => {
				move = nextMove(decide(state));
				if (move.do === 'append') return move.events;
				if (move.do === 'begin') due = this.#due(move.acts, hurried);
				return due.map((act) => beginningOf(act, state));
			});
			for (const act of due) this.#run(act);
			// TypeScript cannot see the assignment in the callback.
			const made = move as Move;
			if (made.do === 'append') continue;
			this.#setTimer(made.do === 'begin' ? made.acts : []);
			return;
		}
	}

	#due(acts: readonly Act[], hurried: boolean): Act[] {
		const { parts, state } = this.log;
		const now = parts.now();
		return acts.filter(
			(act) =>
				dueAt(act) <= now || (hurried && waitsForNetwork(actorState(state, act.actor).failure)),
		);
	}

	/** Looks again when the next retry is due. */
	#setTimer(acts: readonly Act[]): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		const waiting = acts.filter((act) => !this.#underWay.has(act)).map(dueAt);
		if (waiting.length > 0) this.#wakeAt(Math.min(...waiting));
	}

	#wakeAt(at: number): void {
		const wait = Math.min(Math.max(0, at - this.log.parts.now()), LONGEST_TIMER_MS);
		this.#timer = setTimeout(() => {
			this.#timer = null;
			void this.wake();
		}, wait);
	}

	#run(act: Act): void {
		const controller = new AbortController();
		this.#underWay.set(act, controller);
		this.#calledModel ||= act.do === 'call-model';
		const done =
			act.do === 'call-model'
				? runTurn(act, { ...this.parts, log: this.log }, controller.signal)
				: runTool(act, this.log, this.parts.toolFor, controller.signal);
		done
			.catch((error: unknown) => this.#break(error))
			.finally(() => {
				this.#underWay.delete(act);
				void this.wake();
			});
	}

	#abortUnwanted(): void {
		for (const [act, controller] of this.#underWay)
			if (!isUnderWay(act, this.log.state)) controller.abort(new Error('No longer wanted'));
	}

	#break(error: unknown): void {
		if (this.#stopped) return;
		this.stop();
		this.parts.onBroken(this, error);
	}
}

function dueAt(act: Act): number {
	return act.do === 'call-model' ? (act.notBefore ?? 0) : 0;
}
