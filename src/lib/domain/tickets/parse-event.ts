/** An event of a ticket that was written elsewhere, checked before anything folds it. */
import { isId, isTime, wrongAuthor, type Parsed } from '../log/parse-event';
import { isRecord, listOf, maybe, misfit, oneOf, orNull, record, text, type Shape } from '../shape';
import {
	ticketPriorities,
	ticketStatuses,
	ticketTypes,
	type TicketEvent,
	type TicketEventKind,
	type TicketFields,
} from './ticket';

const status = oneOf(...ticketStatuses);
const fields: Record<keyof TicketFields, Shape> = {
	title: text,
	description: text,
	type: oneOf(...ticketTypes),
	priority: oneOf(...ticketPriorities),
	labels: listOf(text),
	epicId: orNull(text),
	parentId: orNull(text),
	blockedBy: listOf(text),
	related: listOf(text),
};
const changes = record(
	Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, maybe(shape)])),
);
const isCount: Shape = (value) => Number.isSafeInteger(value) && Number(value) > 0;

const kinds: Record<TicketEventKind, Readonly<Record<string, Shape>>> = {
	'ticket-created': { number: isCount, prefix: text, fields: record(fields), status },
	'ticket-changed': { changes },
	'ticket-moved': { from: status, to: status },
	'ticket-commented': { text },
	'ticket-deleted': {},
	'ticket-restored': {},
};
const own = {
	v: oneOf(1),
	id: isId,
	ticketId: isId,
	at: isTime,
	kind: text,
	sessionId: maybe(text),
};

/** Kinds of a later version are kept as they are; `seq`, which is of a device, is taken off. */
export function parseTicketEvent(value: unknown): Parsed<TicketEvent> {
	if (!isRecord(value)) return { problem: 'an event of a ticket is no object' };
	const kind = String(value['kind']);
	const wrong =
		misfit(value, own) ??
		wrongAuthor(value['by']) ??
		misfit(value, Object.hasOwn(kinds, kind) ? kinds[kind as TicketEventKind] : {});
	if (wrong !== null) return { problem: `an event of a ticket has no sound "${wrong}"` };
	const { seq: _, ...event } = value;
	return { value: event as unknown as TicketEvent };
}
