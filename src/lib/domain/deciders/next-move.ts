import { type By, type EventDraft } from '../log/event';
import type { SessionState } from '../log/state';
import { BY_ENGINE, type Step } from './step';

export type Act = Extract<Step, { do: 'call-model' | 'run-tool' }>;

/**
 * What an engine does with the steps of a decider: first write down what merely follows from the log, one record
 * at a time, deciding anew after each; then begin everything that can be begun, side by side.
 */
export type Move =
	| { do: 'append'; events: EventDraft[] }
	| { do: 'begin'; acts: Act[] }
	/** Nothing, until an answer or a result is appended. */
	| { do: 'rest' };

export function nextMove(steps: readonly Step[]): Move {
	const record = steps.find((step) => step.do === 'record');
	if (record) return { do: 'append', events: record.events };
	const acts = steps.filter((step) => step.do === 'call-model' || step.do === 'run-tool');
	return acts.length > 0 ? { do: 'begin', acts } : { do: 'rest' };
}

/** The event that must be durable before the act begins. */
export function beginningOf(act: Act, state: SessionState): EventDraft {
	if (act.do === 'run-tool')
		return { kind: 'tool-started', by: BY_ENGINE, callId: act.callId, input: act.input };
	const { model, connectionId, effort } = state.settings;
	const { turnId, actor, purpose, attempt } = act;
	return {
		kind: 'turn-started',
		by: BY_ENGINE,
		turnId,
		actor,
		purpose,
		attempt,
		model,
		connectionId,
		effort,
	};
}

/** Whether an act is still wanted: its turn is open, its call is running. What is not is to be stopped. */
export function isUnderWay(act: Act, state: SessionState): boolean {
	if (act.do === 'run-tool') return state.calls.get(act.callId)?.started ?? false;
	return state.actors.get(act.actor)?.open?.turnId === act.turnId;
}

/** The engine's drafts carry no device; this puts in which engine it is. */
export function signed(draft: EventDraft, engine: { device: string; epoch: number }): EventDraft {
	if (draft.by.kind !== 'engine') return draft;
	const by: By = { kind: 'engine', ...engine };
	return { ...draft, by };
}
