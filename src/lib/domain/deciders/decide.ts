import { MAIN } from '../log/event';
import type { SessionState } from '../log/state';
import { closeCalls } from './agent-loop';
import { decideStandard } from './standard';
import { BY_ENGINE, type Step } from './step';

/** A mode: from what a session is to what is to be done next. Pure and total. */
export type Decider = (state: SessionState) => Step[];

const deciders: Partial<Record<SessionState['mode'], Decider>> = { standard: decideStandard };

/** The next steps of a session of any mode. Cancelling, pausing and being at rest are the same for all of them. */
export function decide(
	state: SessionState,
	decider: Decider | undefined = deciders[state.mode],
): Step[] {
	if (state.ended || !state.lease) return [];
	if (state.cancelling)
		return [
			{
				do: 'record',
				events: [
					...closeCalls(state, 'Cancelled by the person before it had a result.'),
					{ kind: 'ended', by: BY_ENGINE, status: 'cancelled' },
				],
			},
		];
	if (state.paused || state.imported) return [];
	if (!decider)
		return state.hold
			? []
			: [
					{
						do: 'record',
						events: [
							{
								kind: 'held',
								by: BY_ENGINE,
								code: 'unknown-stop',
								actor: MAIN,
								message: `This version of Muster cannot run ${state.mode} runs: update it`,
							},
						],
					},
				];
	return decider(state);
}
