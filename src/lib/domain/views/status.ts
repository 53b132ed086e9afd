import { isJsonObject } from '../json';
import type { CallState, SessionState } from '../log/state';
import type { Status } from '../status';

export interface StatusView {
	status: Status;
	/** Why it waits, or what failed; empty when there is nothing to say. */
	reason: string;
	/** When it goes on by itself, epoch ms. */
	until: number | null;
	/** Whether a person has to do something. */
	needsYou: boolean;
}

export const RATE_LIMITED = 'Rate-limited';

/** The status of a session, with the reason a waiting one always carries. What needs a person comes first. */
export function statusOf(state: SessionState): StatusView {
	if (state.ended)
		return view(state.ended.status, state.ended.status === 'failed' ? failed(state) : '');
	if (state.cancelling) return view('running', 'Cancelling');
	const open = [...state.openCalls].map((id) => state.calls.get(id)).filter((call) => !!call);
	const asking = open.find((call) => call.request && !call.decision);
	if (asking)
		return view('waiting-permission', `${asking.tool}${target(asking)}`, { needsYou: true });
	const question = open.find((call) => call.questions && call.answers === undefined);
	if (question)
		return view('waiting', question.questions?.[0]?.text ?? 'A question', { needsYou: true });
	if (state.hold) return view('waiting', state.hold.message, { needsYou: true });
	if (state.imported) return view('waiting', 'Imported while it was running', { needsYou: true });
	const inFlight =
		open.some((call) => call.started) || [...state.actors.values()].some((actor) => actor.open);
	if (state.paused)
		return inFlight ? view('running', 'Pausing after this step') : view('waiting', 'Paused by you');
	if (inFlight) return view('running');
	const resting = [...state.actors.values()].find((actor) => actor.retryAt !== null);
	if (resting) return view('waiting', waitsFor(resting.failure?.code), { until: resting.retryAt });
	return view('running');
}

function view(
	status: Status,
	reason = '',
	more: { until?: number | null; needsYou?: boolean } = {},
): StatusView {
	return { status, reason, until: more.until ?? null, needsYou: more.needsYou ?? false };
}

function failed(state: SessionState): string {
	return state.failure?.message ?? '';
}

function target(call: CallState): string {
	const { input } = call;
	if (!isJsonObject(input)) return '';
	const target = [input['path'], input['ticket']].find((value) => typeof value === 'string');
	return typeof target === 'string' ? ` on ${target}` : '';
}

function waitsFor(code: string | undefined): string {
	switch (code) {
		case 'rate-limited':
			return RATE_LIMITED;
		case 'overloaded':
			return 'The model is overloaded';
		case 'offline':
			return 'This device is offline';
		case 'network':
			return 'The endpoint does not answer';
		default:
			return 'The last call failed';
	}
}
