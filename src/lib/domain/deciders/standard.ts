import { actingAgent } from '../agents/chat-agent';
import { MAIN, type EventDraft } from '../log/event';
import { actorState, type SessionState, type TurnItem } from '../log/state';
import { textOf } from '../log/turns';
import { parseOutput } from '../schema/output';
import { progressOf } from './agent-loop';
import { BY_ENGINE, type Step } from './step';

/** Corrections of an output that the engine asks for by itself before the run fails. */
const MAX_REPAIRS = 1;

/** Standard mode: one agent, until its answer stands. */
export function decideStandard(state: SessionState): Step[] {
	const main = actorState(state, MAIN);
	const progress = progressOf(state, main, actingAgent(state));
	switch (progress.is) {
		case 'working':
			return progress.steps;
		case 'idle':
			return [];
		case 'failed':
			return [
				record(
					{ kind: 'error', by: BY_ENGINE, failure: progress.failure },
					{ kind: 'ended', by: BY_ENGINE, status: 'failed' },
				),
			];
		case 'done':
			return [finish(state, main.repairs, progress.turn)];
	}
}

function finish(state: SessionState, repairs: number, turn: TurnItem): Step {
	const schema = state.agent?.outputSchema;
	if (!schema) return record({ kind: 'ended', by: BY_ENGINE, status: 'completed' });
	const raw = textOf(turn.parts);
	const { value, problems } = parseOutput(raw, schema);
	if (problems.length > 0 && repairs < MAX_REPAIRS)
		return record({
			kind: 'prompt',
			by: BY_ENGINE,
			actor: MAIN,
			text: `Your answer does not fit the output schema. Answer again with the corrected JSON alone. ${problems
				.map(({ at, message }) => `${at || 'output'}: ${message}`)
				.join(' ')}`,
		});
	const output: EventDraft = { kind: 'output', by: BY_ENGINE, raw, value, problems };
	if (problems.length === 0)
		return record(output, { kind: 'ended', by: BY_ENGINE, status: 'completed' });
	return record(
		output,
		{
			kind: 'error',
			by: BY_ENGINE,
			failure: {
				code: 'invalid-output',
				message: 'The output does not fit the schema of the agent.',
				advice: 'The Output tab shows what failed where. Retry asks for a correction once more.',
			},
		},
		{ kind: 'ended', by: BY_ENGINE, status: 'failed' },
	);
}

function record(...events: EventDraft[]): Step {
	return { do: 'record', events };
}
