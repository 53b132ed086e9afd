/**
 * A log → what the Messages tab tells. Applying an event costs the same however long the log is.
 *
 * What counts is what counts in the session itself: the first decision on a request, parts of a turn in flight,
 * events of the present lease.
 */
import type { EventOf, SessionEvent } from '../log/event';
import { addCall, applyToCall } from './transcript-calls';
import type { LineNews, Part, Transcript, TranscriptItem } from './transcript-items';
import { hold, liftHolds, recordError, settleFailures } from './transcript-standing';
import {
	changeOpenTurn,
	changeTurn,
	closeTurn,
	endTurn,
	failTurn,
	interruptTurn,
	putPart,
	startTurn,
	withDelta,
} from './transcript-turns';

export function emptyTranscript(): Transcript {
	return {
		items: [],
		plan: null,
		active: false,
		lease: null,
		turns: new Map(),
		calls: new Map(),
		unfinished: new Set(),
		standing: new Set(),
	};
}

export function foldTranscript(events: Iterable<SessionEvent>): Transcript {
	const transcript = emptyTranscript();
	for (const event of events) applyToTranscript(transcript, event);
	return transcript;
}

/** Changes the transcript it is given; items that change are replaced. */
export function applyToTranscript(transcript: Transcript, event: SessionEvent): void {
	const { by, at } = event;
	if (by.kind === 'engine' && transcript.lease && by.epoch < transcript.lease.epoch) return;
	switch (event.kind) {
		case 'created':
			return;
		case 'prompt':
			return hear(transcript, event);
		case 'turn-started':
			settleFailures(transcript, event.actor);
			transcript.active = true;
			return startTurn(transcript, event);
		case 'part-delta':
			return changeOpenTurn(transcript, event.turnId, (turn) => withDelta(turn, event));
		case 'thinking': {
			const { index, text, ms } = event;
			return addPart(transcript, event, { type: 'thinking', index, at, text, done: true, ms });
		}
		case 'text': {
			const { index, text } = event;
			return addPart(transcript, event, { type: 'text', index, at, text, done: true });
		}
		case 'redacted-thinking':
			return addPart(transcript, event, { type: 'redacted', index: event.index, at });
		case 'other-part':
			return addPart(transcript, event, { type: 'other', index: event.index, at, raw: event.raw });
		case 'tool-call':
			return addCall(transcript, event);
		case 'turn-ended':
			return endTurn(transcript, event);
		case 'turn-failed':
			return failTurn(transcript, event);
		case 'permission-requested':
		case 'permission-decided':
		case 'question-asked':
		case 'question-answered':
		case 'tool-started':
		case 'tool-result':
			return applyToCall(transcript, event);
		case 'plan-updated':
			transcript.plan = { actor: event.actor, items: event.items, at };
			return applyToCall(transcript, event);
		case 'interruption-resolved':
			applyToCall(transcript, event);
			liftHolds(transcript, event, ({ callId }) => callId === event.callId);
			return;
		case 'output': {
			const { raw, value, problems } = event;
			return push(transcript, { ...base(event), kind: 'output', raw, value, problems });
		}
		case 'warning': {
			const { code, message } = event;
			return push(transcript, { ...base(event), kind: 'warning', code, message });
		}
		case 'error':
			return recordError(transcript, event);
		case 'held':
			return hold(transcript, event);
		case 'continue-requested':
		case 'retry-requested':
			return goOn(transcript, event);
		case 'renamed':
			return tell(transcript, event, { what: 'renamed', title: event.title });
		case 'settings-changed':
			return tell(transcript, event, { what: 'settings', changes: event.changes });
		case 'context-compacted': {
			const { actor, summary } = event;
			return tell(transcript, event, { what: 'compacted', actor, summary });
		}
		case 'pause-requested':
			return tell(transcript, event, { what: 'pause' });
		case 'cancel-requested':
			return tell(transcript, event, { what: 'cancel' });
		case 'lease-taken':
			return takeLease(transcript, event);
		case 'imported': {
			const atWork = transcript.active;
			for (const turnId of [...transcript.unfinished])
				changeTurn(transcript, turnId, interruptTurn);
			transcript.active = false;
			return tell(transcript, event, { what: 'imported', atWork });
		}
		case 'forked':
			return endInheritance(transcript, event);
		case 'archived':
		case 'unarchived':
		case 'deleted':
		case 'restored':
		case 'ticket-linked':
		case 'labels-changed':
		case 'seen':
		case 'noted':
			// How a session is filed, and what was noted beside it, is no part of what was said in it.
			return;
		case 'ended':
			return end(transcript, event);
		default:
			// A kind of a later version says nothing here.
			return event satisfies never;
	}
}

function base({
	id,
	at,
	by,
	inherited,
	origin,
}: SessionEvent): Pick<TranscriptItem, 'id' | 'at' | 'by' | 'inherited' | 'origin'> {
	return { id, at, by, ...(inherited && { inherited }), ...(origin && { origin }) };
}

function push(transcript: Transcript, item: TranscriptItem): void {
	transcript.items.push(item);
}

function tell(transcript: Transcript, event: SessionEvent, news: LineNews): void {
	push(transcript, { ...base(event), kind: 'line', news });
}

function addPart(transcript: Transcript, event: { turnId: string }, part: Part): void {
	changeOpenTurn(transcript, event.turnId, (turn) => putPart(turn, part));
}

function hear(transcript: Transcript, event: EventOf<'prompt'>): void {
	const { actor, text, input, context, attachments, by } = event;
	const steering = transcript.active && by.kind === 'person';
	const waits = steering && isAsking(transcript);
	if (by.kind === 'person') {
		// A budget and a cut-off tool wait for an answer of their own.
		liftHolds(transcript, event, ({ code }) => code !== 'interrupted-tool' && code !== 'budget');
		if (!steering) settleFailures(transcript);
	}
	transcript.active = true;
	push(transcript, {
		...base(event),
		kind: 'prompt',
		actor,
		text,
		input,
		steering,
		...(context && { context }),
		...(attachments && { attachments }),
		...(waits && { waits }),
	});
}

/** Whether some call waits for a person. */
function isAsking({ unfinished, items, turns }: Transcript): boolean {
	return [...unfinished].some((turnId) => {
		const turn = items[turns.get(turnId) ?? -1];
		const parts = turn?.kind === 'turn' ? turn.parts : [];
		return parts.some(
			(part) => part.type === 'tool' && (part.status === 'asked' || part.status === 'asking'),
		);
	});
}

function goOn(
	transcript: Transcript,
	event: EventOf<'continue-requested'> | EventOf<'retry-requested'>,
): void {
	settleFailures(transcript);
	transcript.active = true;
	if (event.kind === 'retry-requested') return tell(transcript, event, { what: 'retry' });
	const lifted = liftHolds(transcript, event, ({ code }) => code !== 'interrupted-tool');
	// One press is told once: by the budget it set, or by what it lifted.
	if (lifted.includes('budget')) return raiseBudget(transcript);
	if (lifted.length === 0) tell(transcript, event, { what: 'continue' });
}

/** What the budget was changed to just before is why it goes on. */
function raiseBudget({ items }: Transcript): void {
	const line = items.at(-1);
	if (line?.kind !== 'line' || line.news.what !== 'settings' || !('budget' in line.news.changes))
		return;
	items[items.length - 1] = { ...line, news: { ...line.news, raised: true } };
}

function takeLease(transcript: Transcript, event: EventOf<'lease-taken'>): void {
	const { lease, unfinished } = transcript;
	if (lease && event.epoch <= lease.epoch) return;
	transcript.lease = { device: event.device, epoch: event.epoch };
	for (const turnId of [...unfinished]) changeTurn(transcript, turnId, interruptTurn);
	if (!lease) return;
	const { device, deviceName } = event;
	const sameDevice = lease.device === device;
	tell(transcript, event, { what: 'taken-over', device, deviceName, sameDevice });
}

/** Where the parent's part ends: nothing of it is under way here, and nothing of it asks any more. */
function endInheritance(transcript: Transcript, event: EventOf<'forked'>): void {
	liftHolds(transcript, event, () => true);
	settleFailures(transcript);
	for (const turnId of [...transcript.unfinished]) changeTurn(transcript, turnId, closeTurn);
	transcript.active = false;
	tell(transcript, event, { what: 'forked' });
}

function end(transcript: Transcript, event: EventOf<'ended'>): void {
	liftHolds(transcript, event, () => true);
	for (const turnId of [...transcript.unfinished]) changeTurn(transcript, turnId, closeTurn);
	transcript.active = false;
	tell(transcript, event, { what: 'ended', status: event.status });
}
