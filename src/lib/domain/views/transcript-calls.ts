/** Tool calls of a transcript: permission, questions, the run itself and its result. */
import { canonicalJson, type JsonValue } from '../json';
import type { EventOf, SessionEvent } from '../log/event';
import type { ToolPart, Transcript } from './transcript-items';
import { changeOpenTurn, changeTurn, isOver, putPart, turnOf } from './transcript-turns';

export type CallEvent = Extract<
	SessionEvent,
	{
		kind:
			| 'tool-started'
			| 'tool-result'
			| 'permission-requested'
			| 'permission-decided'
			| 'question-asked'
			| 'question-answered'
			| 'plan-updated'
			| 'interruption-resolved';
	}
>;

export function addCall(transcript: Transcript, event: EventOf<'tool-call'>): void {
	const { turnId, callId, index, at, tool, input, malformed } = event;
	if (turnOf(transcript, turnId)?.status !== 'streaming' || isTaken(transcript, callId)) return;
	transcript.calls.set(callId, turnId);
	changeOpenTurn(transcript, turnId, (turn) =>
		putPart(turn, {
			type: 'tool',
			index,
			at,
			status: 'ready',
			callId,
			tool,
			input,
			draft: '',
			...(malformed !== undefined && { malformed }),
		}),
	);
}

/** The id of a call that was dropped with its message may come again. */
function isTaken(transcript: Transcript, callId: string): boolean {
	const call = callOf(transcript, callId);
	return call !== undefined && call.status !== 'dropped';
}

/** A call as it is now. */
export function callOf(transcript: Transcript, callId: string): ToolPart | undefined {
	const turn = turnOf(transcript, transcript.calls.get(callId) ?? '');
	return turn?.parts.find(
		(part): part is ToolPart => part.type === 'tool' && part.callId === callId,
	);
}

export function changeCall(
	transcript: Transcript,
	callId: string,
	change: (call: ToolPart) => ToolPart,
): void {
	const turnId = transcript.calls.get(callId);
	if (turnId === undefined) return;
	changeTurn(transcript, turnId, (turn) => {
		const call = turn.parts.find(
			(part): part is ToolPart => part.type === 'tool' && part.callId === callId,
		);
		return call && !isOver(call) ? putPart(turn, change(call)) : turn;
	});
}

export function applyToCall(transcript: Transcript, event: CallEvent): void {
	changeCall(transcript, event.callId, (call) => callAfter(call, event));
}

function callAfter(call: ToolPart, event: CallEvent): ToolPart {
	const { by, at } = event;
	switch (event.kind) {
		case 'permission-requested': {
			if (call.request) return call;
			const request = { eventId: event.id, at, inputHash: event.inputHash };
			return { ...call, status: 'asking', request };
		}
		case 'permission-decided': {
			const { decision, message, input, mode, inputHash } = event;
			const counts = by.kind === 'person' && call.request?.inputHash === inputHash;
			if (!counts || call.decision) return call;
			const status = decision === 'deny' ? 'denied' : 'ready';
			return {
				...call,
				status,
				decision: { decision, by, at, message, input, ...(mode && { mode }) },
			};
		}
		case 'question-asked':
			return call.questions ? call : { ...call, status: 'asked', questions: event.questions };
		case 'question-answered':
			if (by.kind !== 'person' || !call.questions || call.answered) return call;
			return { ...call, status: 'ready', answered: { answers: event.answers, by, at } };
		case 'tool-started': {
			const ran = same(event.input, call.input) ? undefined : event.input;
			return { ...call, status: 'running', startedAt: at, ran };
		}
		case 'tool-result': {
			const { content, isError, ms, files } = event;
			const result = { eventId: event.id, content, isError, ms, at, files };
			return { ...call, status: resultStatus(call, isError), result };
		}
		case 'plan-updated':
			return { ...call, plan: event.items };
		case 'interruption-resolved': {
			const { choice } = event;
			if (call.status !== 'interrupted') return call;
			const status = choice === 'skip' ? 'skipped' : 'ready';
			return { ...call, status, resolution: { choice, by, at } };
		}
	}
}

function same(a: JsonValue, b: JsonValue): boolean {
	return a === b || canonicalJson(a) === canonicalJson(b);
}

function resultStatus(call: ToolPart, isError: boolean): ToolPart['status'] {
	if (call.decision?.decision === 'deny') return 'denied';
	if (call.resolution?.choice === 'skip') return 'skipped';
	return isError ? 'failed' : 'done';
}
