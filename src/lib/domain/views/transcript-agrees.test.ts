import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentWith, start } from '../../../../tests/support/sessions';
import { Simulation, type Choices } from '../../../../tests/support/simulation';
import type { Act } from '../deciders/next-move';
import { BY_ENGINE } from '../deciders/step';
import type { EventDraft, SessionEvent } from '../log/event';
import { applyEvent } from '../log/session-state';
import { emptySession, type SessionState } from '../log/state';
import { applyToTranscript, emptyTranscript, foldTranscript } from './transcript';
import { callOf } from './transcript-calls';
import type { Transcript } from './transcript-items';

const tools = ['read_file', 'write_file', 'ask_user', 'no_such_tool'];
const inputs: Record<string, Record<string, string | object[]>> = {
	read_file: { path: 'a.md' },
	write_file: { path: 'a.md', content: 'text' },
	ask_user: { questions: [{ text: 'Which?', type: 'text' }] },
	no_such_tool: {},
};

function endOf(choices: Choices) {
	return (sim: Simulation, act: Act): EventDraft[] => {
		if (act.do === 'run-tool') {
			const { callId } = act;
			const isError = choices.below(3) === 0;
			return [{ kind: 'tool-result', by: BY_ENGINE, callId, content: 'done', isError, ms: 1 }];
		}
		const { turnId } = act;
		const by = { kind: 'agent', actor: act.actor } as const;
		const drafts: EventDraft[] = [
			{ kind: 'part-delta', by, turnId, index: 0, part: 'text', text: 'Hel' },
			{ kind: 'text', by, turnId, index: 0, text: 'Hello' },
		];
		const many = sim.events.length > 100 ? 0 : choices.below(3);
		for (let n = 0; n < many; n++) {
			const tool = tools[choices.below(tools.length)] ?? 'read_file';
			// Some servers use the same ids again.
			const callId = choices.below(3) ? `${turnId}-${n}` : `call-${n}`;
			if (sim.state.calls.has(callId)) continue;
			const input = inputs[tool] ?? {};
			drafts.push({
				kind: 'tool-call',
				by,
				turnId,
				index: n + 1,
				callId,
				tool,
				input,
			} as EventDraft);
		}
		const failure = { code: 'overloaded', message: 'Overloaded' };
		const retryAt = choices.below(2) ? 5 : undefined;
		if (choices.below(5) === 0)
			return [...drafts, { kind: 'turn-failed', by: BY_ENGINE, turnId, failure, retryAt, ms: 1 }];
		const stopReason = many > 0 ? 'tool_use' : choices.below(4) ? 'end_turn' : 'max_tokens';
		return [
			...drafts,
			{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason, usage: null, ms: 1 },
		];
	};
}

function live(sim: Simulation, choices: Choices): void {
	const end = endOf(choices);
	sim.settle();
	for (let moves = 0; moves < 60; moves++) {
		const move = choices.below(12);
		if (move < 6) sim.resultArrives(end);
		else if (move < 8) sim.personAnswers();
		else if (move === 8) sim.crash();
		else if (move === 9) sim.command({ kind: 'prompt', text: 'And also this' });
		else if (move === 10) sim.command({ kind: choices.below(2) ? 'pause' : 'continue' });
		else sim.command({ kind: choices.below(2) ? 'cancel' : 'retry' });
		sim.settle();
	}
}

/** What the Messages tab asks of a person must be what the session waits for, and nothing else. */
function check(state: SessionState, transcript: Transcript): void {
	for (const id of state.openCalls) {
		const call = state.calls.get(id);
		const part = callOf(transcript, id);
		expect(part, `call ${id} is not told`).toBeDefined();
		expect(part?.result).toBeUndefined();
		const asks = call?.request != null && !call.decision && !call.interrupted;
		expect(part?.status === 'asking', `call ${id} asks`).toBe(asks);
		expect(part?.status === 'running', `call ${id} runs`).toBe(call?.started);
		const asked = call?.questions != null && call.answers === undefined;
		expect(part?.status === 'asked', `call ${id} has questions`).toBe(asked);
	}
	const over = [...state.calls.values()].filter((call) => call.result);
	for (const call of over)
		expect(callOf(transcript, call.callId)?.result?.content).toBe(call.result?.content);
	const holds = [...transcript.standing].map((place) => transcript.items[place]);
	expect(holds.some((item) => item?.kind === 'hold')).toBe(state.hold !== null);
}

const script = fc.infiniteStream(fc.nat({ max: 0x7fffffff })).map((stream): Choices => {
	const numbers = stream[Symbol.iterator]();
	return { below: (n) => numbers.next().value % n };
});

describe('whatever happens to a session', { timeout: 60_000 }, () => {
	test('its messages agree with its state after every event, and are the same folded anew', () => {
		fc.assert(
			fc.property(script, (choices) => {
				const sim = new Simulation(choices);
				sim.append(...start(agentWith('ask')));
				live(sim, choices);
				const state = emptySession('s1');
				const transcript = emptyTranscript();
				for (const event of sim.events) {
					applyEvent(state, event);
					applyToTranscript(transcript, event);
					check(state, transcript);
				}
				expect(foldTranscript(sim.events as SessionEvent[]).items).toEqual(transcript.items);
			}),
			{ numRuns: 60 },
		);
	});
});
