/**
 * An engine without a world: the pure core driven by a random script. It begins what the decider asks for, lets
 * results arrive in any order, lets people answer, pause, steer and cancel, kills the runner and lets another one
 * take over, and checks after every event what must always hold.
 */
import { expect } from 'vitest';
import { decide, type Decider } from '../../src/lib/domain/deciders/decide';
import {
	beginningOf,
	isUnderWay,
	nextMove,
	signed,
	type Act,
} from '../../src/lib/domain/deciders/next-move';
import { BY_ENGINE } from '../../src/lib/domain/deciders/step';
import type { SessionCommand } from '../../src/lib/domain/command';
import type { EventDraft, Person, SessionEvent } from '../../src/lib/domain/log/event';
import { applyEvent, foldSession } from '../../src/lib/domain/log/session-state';
import { emptySession } from '../../src/lib/domain/log/state';
import { carryOut, pendingRequests } from '../../src/lib/domain/rules/carry-out';
import { toolNamed } from '../../src/lib/domain/tools/catalogue';

/** A source of choices: fast-check's, so that a failing script shrinks. */
export interface Choices {
	/** A whole number from 0 up to and without `n`. */
	below(n: number): number;
}

export const person: Person = {
	kind: 'person',
	name: 'Mara',
	device: 'd1',
	deviceName: 'Laptop',
};

export class Simulation {
	readonly events: SessionEvent[] = [];
	readonly state = emptySession('s1');
	underWay: Act[] = [];
	/** Times each call was begun, and each turn id was used. */
	readonly begun = new Map<string, number>();
	readonly runAgain = new Map<string, number>();
	#now = 1_000;

	constructor(
		private readonly choices: Choices,
		readonly decider?: Decider,
	) {}

	append(...drafts: EventDraft[]): void {
		for (const draft of drafts) {
			const engine = { device: 'd1', epoch: this.state.lease?.epoch ?? 0 };
			const event = {
				...signed(draft, engine),
				v: 1,
				id: `e${this.events.length}`,
				sessionId: 's1',
				at: (this.#now += 1 + this.choices.below(50)),
			} as SessionEvent;
			this.events.push(event);
			applyEvent(this.state, event);
		}
		this.underWay = this.underWay.filter((act) => isUnderWay(act, this.state));
	}

	/** Decides until there is nothing to do but wait. */
	settle(): void {
		for (let turns = 0; ; turns++) {
			expect(turns, 'the decider never comes to rest').toBeLessThan(200);
			const steps = decide(this.state, this.decider);
			const move = nextMove(steps);
			if (move.do === 'rest') return;
			if (move.do === 'append') this.append(...move.events);
			else this.begin(move.acts);
		}
	}

	begin(acts: readonly Act[]): void {
		for (const act of acts) this.#countBeginning(act);
		this.append(...acts.map((act) => beginningOf(act, this.state)));
		this.underWay.push(...acts);
	}

	#countBeginning(act: Act): void {
		const key = act.do === 'run-tool' ? act.callId : act.turnId;
		const times = (this.begun.get(key) ?? 0) + 1;
		this.begun.set(key, times);
		if (act.do === 'call-model') {
			expect(times, `turn ${key} was begun twice`).toBe(1);
			return;
		}
		const call = this.state.calls.get(act.callId);
		expect(call?.started, `call ${key} is begun while it runs`).toBe(false);
		expect(call?.result, `call ${key} is begun although it has a result`).toBeNull();
		if (!toolNamed(act.tool)?.repeatable)
			expect(times).toBeLessThanOrEqual(1 + (this.runAgain.get(key) ?? 0));
	}

	/** The runner dies: what was under way is gone, and another one takes over. */
	crash(): void {
		this.underWay = [];
		this.takeLease();
	}

	takeLease(): void {
		const epoch = (this.state.lease?.epoch ?? 0) + 1;
		this.append({ kind: 'lease-taken', by: BY_ENGINE, device: 'd1', deviceName: 'Laptop', epoch });
	}

	command(command: Exclude<SessionCommand, { kind: 'start' | 'fork' }>): void {
		const outcome = carryOut(this.state, command, person);
		if ('refused' in outcome) return;
		if (command.kind === 'resolve-interruption' && command.choice === 'run-again')
			this.runAgain.set(command.callId, (this.runAgain.get(command.callId) ?? 0) + 1);
		this.append(...outcome.events);
	}

	/** One result of something under way arrives. False: nothing was under way. */
	resultArrives(end: (sim: Simulation, act: Act) => EventDraft[]): boolean {
		const act = this.underWay[this.choices.below(Math.max(1, this.underWay.length))];
		if (!act) return false;
		this.append(...end(this, act));
		return true;
	}

	/** One open question of any kind is answered. False: nobody was asked. */
	personAnswers(): boolean {
		const { state, choices } = this;
		const [request] = pendingRequests(state);
		if (request?.request) {
			const decisions = ['allow-once', 'allow-in-run', 'deny'] as const;
			this.command({
				kind: 'decide-permission',
				callId: request.callId,
				inputHash: request.request.inputHash,
				decision: decisions[choices.below(3)] ?? 'deny',
			});
			return true;
		}
		for (const id of state.openCalls) {
			const call = state.calls.get(id);
			if (call?.questions && call.answers === undefined) {
				const answers = call.questions.map(({ id, type, options }) =>
					type === 'text'
						? { id, chosen: null, text: 'Yes' }
						: { id, chosen: [options[0]?.label ?? ''], text: null },
				);
				this.command({ kind: 'answer-question', callId: id, answers });
				return true;
			}
		}
		if (state.hold?.callId) {
			const choice = choices.below(2) ? 'run-again' : 'skip';
			this.command({ kind: 'resolve-interruption', callId: state.hold.callId, choice });
			return true;
		}
		if (state.hold || state.paused) {
			this.command({ kind: 'continue', budget: null });
			return true;
		}
		return false;
	}

	/** From every prefix: the same state, the same next steps. */
	checkEveryPrefix(): void {
		const growing = emptySession('s1');
		for (let n = 0; n < this.events.length; n++) {
			const event = this.events[n];
			if (event) applyEvent(growing, event);
			const folded = foldSession('s1', this.events.slice(0, n + 1));
			expect(folded).toEqual(growing);
			expect(decide(folded, this.decider)).toEqual(decide(growing, this.decider));
		}
		expect(growing).toEqual(this.state);
	}
}
