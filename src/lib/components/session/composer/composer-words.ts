import type { SessionState } from '$lib/domain/log/state';
import { replyTo, type Reply } from '$lib/domain/rules/reply';
import type { StatusView } from '$lib/domain/views/status';

/** Nothing is sent to a model that nobody has chosen. */
export const chooseModel =
	'The connection of this session is not on this device. Choose a model to go on.';

/** Why nothing can be sent; empty when it can. */
export function whyNotSend(state: SessionState, connectionGone: boolean): string {
	if (state.hold?.code === 'budget') return 'Raise or remove the budget first, then send.';
	if (connectionGone) return chooseModel;
	return '';
}

const underQuestions: Record<Exclude<Reply['is'], 'says'>, string> = {
	answers: 'Answer in your own words',
	skips: 'Reply, and skip the questions',
	waits: 'Answer above first; this is read after',
};

export function placeholderFor(state: SessionState, { status }: StatusView): string {
	if (state.ended) return 'Ask for a change';
	const asked = replyTo(state).is;
	switch (status) {
		case 'waiting-permission':
			return 'Reply, or steer the run while it waits';
		case 'waiting':
			if (asked !== 'says') return underQuestions[asked];
			return state.paused ? 'Reply to go on' : 'Reply, or steer the run while it waits';
		default:
			return 'Steer the run between its steps';
	}
}
