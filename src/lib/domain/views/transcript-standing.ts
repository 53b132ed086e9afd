/** What stands until someone goes on: holds and failures of a transcript. */
import type { ActorId, CallId, EventOf, HoldCode, SessionEvent } from '../log/event';
import { changeCall } from './transcript-calls';
import type { Transcript } from './transcript-items';
import { changeTurn, turnOf } from './transcript-turns';

export function hold(transcript: Transcript, event: EventOf<'held'>): void {
	const { id, at, by, inherited, code, message, callId } = event;
	if (callId !== undefined)
		changeCall(transcript, callId, (call) => ({
			...call,
			status: 'interrupted',
			interruption: message,
		}));
	transcript.active = false;
	transcript.standing.add(transcript.items.length);
	const base = { id, at, by, ...(inherited && { inherited }) };
	transcript.items.push({ ...base, kind: 'hold', code, message, callId });
}

/** Gives the codes of those that were lifted. */
export function liftHolds(
	transcript: Transcript,
	event: SessionEvent,
	which: (hold: { code: HoldCode; callId?: CallId }) => boolean,
): HoldCode[] {
	const lifted: HoldCode[] = [];
	for (const place of transcript.standing) {
		const item = transcript.items[place];
		if (item?.kind !== 'hold' || !which(item)) continue;
		lifted.push(item.code);
		transcript.items[place] = { ...item, lifted: { by: event.by, at: event.at } };
		transcript.standing.delete(place);
	}
	return lifted;
}

/** A call to a model that failed has told the same already. */
export function recordError(transcript: Transcript, event: EventOf<'error'>): void {
	const { id, at, by, inherited, failure } = event;
	const told = [...transcript.unfinished].some((turnId) => {
		const turn = turnOf(transcript, turnId);
		return turn?.status === 'failed' && !turn.past && turn.failure?.code === failure.code;
	});
	if (told) return;
	transcript.standing.add(transcript.items.length);
	transcript.items.push({ id, at, by, ...(inherited && { inherited }), kind: 'failure', failure });
}

/** Another try has begun, or someone has gone on: what failed before is history. */
export function settleFailures(transcript: Transcript, actor?: ActorId): void {
	for (const turnId of [...transcript.unfinished]) {
		const turn = turnOf(transcript, turnId);
		if (turn?.status !== 'failed' || (actor !== undefined && turn.actor !== actor)) continue;
		changeTurn(transcript, turnId, (failed) => ({ ...failed, past: true }));
	}
	if (actor !== undefined) return;
	for (const place of transcript.standing) {
		const item = transcript.items[place];
		if (item?.kind !== 'failure') continue;
		transcript.items[place] = { ...item, past: true };
		transcript.standing.delete(place);
	}
}
