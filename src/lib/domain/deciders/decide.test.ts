import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { person, Simulation, type Choices } from '../../../../tests/support/simulation';
import { agentWith, settings, start } from '../../../../tests/support/sessions';
import { MAIN, type EventDraft } from '../log/event';
import { actorState } from '../log/state';
import { progressOf } from './agent-loop';
import { decide, type Decider } from './decide';
import type { Act } from './next-move';
import { BY_ENGINE, type Step } from './step';

const toolInputs: [string, string][] = [
	['list_files', '{}'],
	['read_file', '{"path":"a.md"}'],
	['write_file', '{"path":"a.md","content":"text"}'],
	['edit_file', '{"path":"a.md","old_text":"x","new_text":"y"}'],
	['ask_user', '{"questions":[{"text":"Which?","type":"text","required":true}]}'],
	['update_plan', '{"items":[{"text":"One","status":"pending"}]}'],
	['write_file', '{"path":7}'],
	['no_such_tool', '{}'],
];
const stops = ['end_turn', 'max_tokens', 'pause_turn', 'refusal', 'made_up', 'stop_sequence'];

/** What a model or a tool might answer, drawn from `choices`; a session with many results comes to its end. */
function randomEnd(choices: Choices) {
	return (sim: Simulation, act: Act): EventDraft[] => {
		if (act.do === 'run-tool')
			return [
				{
					kind: 'tool-result',
					by: BY_ENGINE,
					callId: act.callId,
					content: 'done',
					isError: choices.below(4) === 0,
					ms: 1,
				},
			];
		const { turnId } = act;
		if (choices.below(5) === 0)
			return [
				{
					kind: 'turn-failed',
					by: BY_ENGINE,
					turnId,
					failure: { code: 'overloaded', message: 'Overloaded' },
					retryAt: choices.below(2) ? 5 : undefined,
					ms: 1,
				},
			];
		const by = { kind: 'agent', actor: act.actor } as const;
		const drafts: EventDraft[] = [{ kind: 'text', by, turnId, index: 0, text: 'Hello' }];
		const calls = sim.events.length > 150 || act.purpose === 'compact' ? 0 : choices.below(4);
		for (let i = 0; i < calls; i++) {
			const [tool, input] = toolInputs[choices.below(toolInputs.length)] ?? ['list_files', '{}'];
			const callId = `${turnId}-${i}`;
			drafts.push({
				kind: 'tool-call',
				by,
				turnId,
				index: i + 1,
				callId,
				tool,
				input: JSON.parse(input),
			});
		}
		const stopReason =
			calls > 0 && choices.below(5) > 0
				? 'tool_use'
				: (stops[sim.events.length > 150 ? 0 : choices.below(stops.length)] ?? 'end_turn');
		drafts.push({ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason, usage: null, ms: 1 });
		return drafts;
	};
}

function live(sim: Simulation, choices: Choices): void {
	const end = randomEnd(choices);
	sim.settle();
	for (let moves = 0; moves < 120; moves++) {
		const move = choices.below(14);
		if (move < 7) sim.resultArrives(end);
		else if (move < 9) sim.personAnswers();
		else if (move === 9) sim.crash();
		else if (move === 10) sim.command({ kind: 'prompt', text: 'And also this' });
		else if (move === 11) sim.command({ kind: choices.below(2) ? 'pause' : 'continue' });
		else if (move === 12)
			sim.command({
				kind: 'change-settings',
				changes: {
					permissionMode: (['ask', 'edits', 'everything', 'plan'] as const)[choices.below(4)],
				},
			});
		else if (choices.below(4) === 0) sim.command({ kind: choices.below(2) ? 'cancel' : 'retry' });
		sim.settle();
	}
}

/** Everything is answered and every result arrives: the session must come to an end by itself. */
function comeToRest(sim: Simulation, choices: Choices): void {
	const end = randomEnd(choices);
	for (let moves = 0; !sim.state.ended; moves++) {
		expect(moves, 'the session never ends').toBeLessThan(600);
		if (!sim.personAnswers()) sim.resultArrives(end);
		sim.settle();
	}
}

const script = fc.infiniteStream(fc.nat({ max: 0x7fffffff })).map((stream): Choices => {
	const numbers = stream[Symbol.iterator]();
	return { below: (n) => numbers.next().value % n };
});

// Every prefix of long logs is folded anew: many seconds on a busy machine.
describe('whatever happens, in whatever order', { timeout: 120_000 }, () => {
	test('a standard session decides the same from every prefix, does nothing twice, and comes to an end', () => {
		fc.assert(
			fc.property(script, (choices) => {
				const sim = new Simulation(choices);
				sim.append(...start(agentWith('ask')));
				live(sim, choices);
				comeToRest(sim, choices);
				sim.checkEveryPrefix();
			}),
			{ numRuns: 40 },
		);
	});

	test('three actors at work at once decide the same from every prefix and do nothing twice', () => {
		fc.assert(
			fc.property(script, (choices) => {
				const sim = new Simulation(choices, panel);
				sim.append(...start(agentWith('allow')));
				sim.settle();
				expect(sim.underWay.map((act) => act.actor)).toEqual(seats);
				live(sim, choices);
				comeToRest(sim, choices);
				sim.checkEveryPrefix();
			}),
			{ numRuns: 40 },
		);
	});
});

const seats = ['north', 'east', 'west'];

/** The smallest decider of several actors: each answers the first prompt, and the session ends with the last. */
const panel: Decider = (state) => {
	const fresh = seats.filter((seat) => actorState(state, seat).items.length === 0);
	const unasked = fresh.filter((seat) => !actorState(state, seat).open);
	if (unasked.length > 0)
		return [
			{
				do: 'record',
				events: unasked.map((actor) => ({ kind: 'prompt', by: BY_ENGINE, actor, text: 'Begin' })),
			},
		];
	const steps: Step[] = [];
	let resting = 0;
	for (const seat of seats) {
		const progress = progressOf(state, actorState(state, seat), state.agent);
		if (progress.is === 'working') steps.push(...progress.steps);
		else resting += 1;
	}
	if (resting < seats.length) return steps;
	return [{ do: 'record', events: [{ kind: 'ended', by: BY_ENGINE, status: 'completed' }] }];
};

describe('results in another order', () => {
	test('lead to the same calls, whichever seat answers first', () => {
		const orders = [
			[0, 1, 2],
			[2, 1, 0],
			[1, 2, 0],
		];
		const ends = orders.map((order) => {
			const sim = new Simulation({ below: () => 0 }, panel);
			sim.append(...start(agentWith('allow')));
			sim.settle();
			const acts = [...sim.underWay];
			for (const i of order) {
				const act = acts[i];
				if (act?.do !== 'call-model') throw new Error('expected a model call');
				const { turnId } = act;
				sim.append(
					{
						kind: 'text',
						by: { kind: 'agent', actor: act.actor },
						turnId,
						index: 0,
						text: act.actor,
					},
					{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason: 'end_turn', usage: null, ms: 1 },
				);
				sim.settle();
			}
			return seats.map((seat) => actorState(sim.state, seat).items);
		});
		expect(ends[1]).toEqual(ends[0]);
		expect(ends[2]).toEqual(ends[0]);
	});
});

describe('an engine without a lease', () => {
	test('decides nothing', () => {
		const sim = new Simulation({ below: () => 0 });
		sim.append(
			{ kind: 'created', by: person, mode: 'standard', agent: null, settings, title: 'Chat' },
			{ kind: 'prompt', by: person, actor: MAIN, text: 'Hello' },
		);
		expect(decide(sim.state)).toEqual([]);
	});
});
