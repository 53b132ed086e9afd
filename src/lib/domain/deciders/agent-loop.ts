/**
 * The loop every actor goes through, whatever the mode: call the model, run what it asked for, tell it the
 * results, until its answer stands. Deciders put actors together; this decides for one.
 */
import type { AgentSnapshot } from '../agent';
import type { EventDraft, Failure, HoldCode } from '../log/event';
import type { ActorState, CallState, SessionState, TurnItem } from '../log/state';
import { changesFiles, stepForCall } from './call-steps';
import { BY_ENGINE, type Step } from './step';

export type Progress =
	/** Steps to take now; empty while the actor works. */
	| { is: 'working'; steps: Step[] }
	/** Its answer stands. */
	| { is: 'done'; turn: TurnItem }
	/** Its step has failed for good. */
	| { is: 'failed'; failure: Failure }
	/** It has nothing to do. */
	| { is: 'idle' };

export function progressOf(
	state: SessionState,
	actor: ActorState,
	agent: AgentSnapshot | null,
): Progress {
	if (actor.open) return working();
	const calls = openCallsOf(state, actor);
	if (calls.length > 0) return working(...stepsForCalls(state, calls, agent));
	if (actor.failure && actor.retryAt === null) return afterFailure(state, actor, actor.failure);
	const last = actor.items.at(-1);
	if (actor.summary !== null) return working(putSummary(actor, actor.summary));
	if (!last) return { is: 'idle' };
	if (last.type !== 'turn' || last.callIds.length > 0) return working(callModel(state, actor));
	return afterTurn(state, actor, last);
}

/** What the reason a finished message ended with asks for. Anything unknown stops safely. */
function afterTurn(state: SessionState, actor: ActorState, last: TurnItem): Progress {
	switch (last.stopReason) {
		case 'end_turn':
		case 'stop_sequence':
			return { is: 'done', turn: last };
		case 'pause_turn':
		case 'compaction':
			return working(callModel(state, actor));
		case 'tool_use':
			return working(
				hold(state, actor, 'unknown-stop', 'The model stopped to use a tool, but named none'),
			);
		case 'max_tokens':
			return working(
				hold(
					state,
					actor,
					'output-limit',
					'The answer was cut off at the output limit: continue or reply',
				),
			);
		case 'refusal':
			return { is: 'failed', failure: refusal(last) };
		case 'model_context_window_exceeded':
			return makeRoom(state, actor, tooLong);
		default:
			return working(
				hold(
					state,
					actor,
					'unknown-stop',
					`The model stopped for a reason Muster does not know (${last.stopReason.slice(0, 60)}): continue or reply`,
				),
			);
	}
}

function afterFailure(state: SessionState, actor: ActorState, failure: Failure): Progress {
	return failure.code === 'context-too-long'
		? makeRoom(state, actor, failure)
		: { is: 'failed', failure };
}

const tooLong: Failure = {
	code: 'context-too-long',
	message: 'The conversation is longer than the model can read.',
	advice: 'Start a new run with a shorter prompt, or choose a model with a larger context.',
};

/** Summarise what is there, unless that is what has just been done. */
function makeRoom(state: SessionState, actor: ActorState, failure: Failure): Progress {
	const turns = actor.items.filter((item) => item.type === 'turn').length;
	const summaries = actor.items.filter((item) => item.type === 'summary').length;
	if (turns === 0 || turns <= summaries) return { is: 'failed', failure };
	return working(callModel(state, actor, 'compact'));
}

function putSummary(actor: ActorState, summary: string): Step {
	const through = actor.items.findLast((item) => item.type === 'turn');
	return {
		do: 'record',
		events: [
			{
				kind: 'context-compacted',
				by: BY_ENGINE,
				actor: actor.id,
				through: through?.turnId ?? '',
				summary,
			},
		],
	};
}

function openCallsOf(state: SessionState, actor: ActorState): CallState[] {
	const calls: CallState[] = [];
	for (const id of state.openCalls) {
		const call = state.calls.get(id);
		if (call?.actor === actor.id) calls.push(call);
	}
	return calls;
}

function stepsForCalls(
	state: SessionState,
	calls: CallState[],
	agent: AgentSnapshot | null,
): Step[] {
	const steps: Step[] = [];
	let changing = [...state.openCalls].some((id) => {
		const call = state.calls.get(id);
		return !!call?.started && changesFiles(call);
	});
	for (const call of calls) {
		const step = stepForCall(state, call, agent);
		if (!step) continue;
		if (step.do === 'run-tool' && changesFiles(call)) {
			if (changing) continue;
			changing = true;
		}
		steps.push(step);
	}
	return steps;
}

function callModel(
	state: SessionState,
	actor: ActorState,
	purpose: 'answer' | 'compact' = 'answer',
): Step {
	const { maxTurns } = state.settings;
	if (purpose === 'answer' && actor.turnsSincePerson >= maxTurns)
		return hold(
			state,
			actor,
			'max-turns',
			`Reached the limit of ${maxTurns} turns: continue for as many again, or reply`,
		);
	const spent = budgetSpent(state);
	if (spent) return hold(state, actor, 'budget', spent);
	return {
		do: 'call-model',
		actor: actor.id,
		turnId: `${actor.id}.${actor.begun + 1}`,
		purpose,
		attempt: actor.failedTries + 1,
		notBefore: actor.retryAt,
	};
}

function hold(state: SessionState, actor: ActorState, code: HoldCode, message: string): Step {
	if (state.hold) return { do: 'wait', actor: actor.id, for: 'person' };
	return {
		do: 'record',
		events: [{ kind: 'held', by: BY_ENGINE, code, message, actor: actor.id }],
	};
}

/** A sentence when the session has reached its cap, null while it may go on. */
export function budgetSpent(state: SessionState): string | null {
	const { budget } = state.settings;
	const { input, output, cacheRead, cacheWrite1h, cacheWrite5m } = state.usage;
	const tokens = input + output + cacheRead + cacheWrite1h + cacheWrite5m;
	if (budget?.tokens !== undefined && tokens >= budget.tokens)
		return `The budget of ${budget.tokens.toLocaleString('en')} tokens is used up: raise it to go on`;
	if (budget?.usd !== undefined && state.cost !== null && state.cost >= budget.usd)
		return `The budget of $${budget.usd} is used up: raise it to go on`;
	return null;
}

function refusal(turn: TurnItem): Failure {
	return {
		code: 'refusal',
		message: turn.stopDetails
			? `The model declined to answer: ${turn.stopDetails}`
			: 'The model declined to answer.',
		advice: 'Put the request in other words, or choose another model, then reply or retry.',
	};
}

function working(...steps: Step[]): Progress {
	return { is: 'working', steps };
}

/** Error results for every call that will not be run any more. */
export function closeCalls(state: SessionState, why: string): EventDraft[] {
	return [...state.openCalls].map((callId) => ({
		kind: 'tool-result',
		by: BY_ENGINE,
		callId,
		content: why,
		isError: true,
		ms: 0,
	}));
}
