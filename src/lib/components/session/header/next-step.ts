/** What a person can do to make a session go on or stop, from what it is now. */
import type { SessionState } from '$lib/domain/log/state';
import type { StatusView } from '$lib/domain/views/status';

export interface NextSteps {
	/** Shown where Continue is not. */
	pause: boolean;
	/** Empty when Continue is possible; else why not. */
	noContinue: string;
	/** Not at rest. */
	cancel: boolean;
	retry: boolean;
	/** A failed run is gone on with by trying again: one button is enough. */
	goOn: boolean;
}

export function nextSteps(state: SessionState, { status, until }: StatusView): NextSteps {
	const stopped = state.ended !== null || state.paused || state.hold !== null || state.imported;
	const works = status === 'running' || until !== null;
	return {
		pause: !stopped && works && !state.cancelling,
		noContinue: whyNotContinue(state, status, stopped),
		cancel: state.ended === null,
		retry: state.ended?.status === 'failed' || until !== null,
		goOn: state.ended?.status !== 'failed',
	};
}

function whyNotContinue(
	state: SessionState,
	status: StatusView['status'],
	stopped: boolean,
): string {
	if (state.cancelling) return 'It is being cancelled';
	if (state.hold?.code === 'interrupted-tool') return 'Choose first: run the call again or skip it';
	if (state.hold?.code === 'budget') return 'Raise or remove the budget first';
	if (stopped) return '';
	if (status === 'waiting-permission') return 'It waits for your decision';
	if (status === 'waiting') return 'It waits for an answer';
	return 'It is running';
}
