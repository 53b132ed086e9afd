/** What the catalogue says of a session: its row, and how far its log goes. docs/sync.md [6.6] */
import { isId, isTime } from '../log/parse-event';
import type { FilingEvent } from '../log/filing';
import type { SessionRow } from '../session-row';
import {
	flag,
	isRecord,
	listOf,
	mapOf,
	maybe,
	misfit,
	number,
	oneOf,
	orNull,
	record,
	text,
	type Shape,
} from '../shape';
import { refiled } from '../views/session-row';

export interface CatalogueRow extends Omit<SessionRow, 'seq' | 'away'> {
	/** Id of the last event of its log, beside filing and what is still streaming. */
	last: string;
}

const places = ['run', 'chat', 'branch'].flatMap((kind) =>
	['', '-archived', '-deleted'].map((put) => kind + put),
);
const usage = { input: number, output: number, cacheWrite5m: number, cacheWrite1h: number };

const shape: { [K in keyof CatalogueRow]-?: Shape } = {
	v: oneOf(2),
	id: isId,
	place: oneOf(...places),
	agentId: orNull(text),
	agentName: text,
	agentIcon: text,
	title: text,
	mode: oneOf('standard', 'council', 'team'),
	status: oneOf('running', 'completed', 'failed', 'cancelled', 'waiting', 'waiting-permission'),
	reason: text,
	until: orNull(isTime),
	needsYou: flag,
	progress: text,
	model: text,
	effort: orNull(text),
	ticketId: orNull(text),
	labels: listOf(text),
	archivedAt: orNull(isTime),
	deletedAt: orNull(isTime),
	unread: flag,
	stamps: maybe(mapOf(text)),
	seenUpTo: maybe(number),
	summary: text,
	parentId: orNull(text),
	startedAt: isTime,
	updatedAt: isTime,
	activeMs: number,
	runningSince: orNull(isTime),
	usage: record({ ...usage, cacheRead: number }),
	turns: number,
	cost: orNull(number),
	runner: maybe(record({ device: text, name: text })),
	last: text,
};

/** Null for what is no row, or one of a later version. */
export function parseCatalogueRow(value: unknown): CatalogueRow | null {
	return isRecord(value) && misfit(value, shape) === null
		? (value as unknown as CatalogueRow)
		: null;
}

export function catalogueRow(row: SessionRow, last: string): CatalogueRow {
	const { seq: _, away: __, ...told } = row;
	const plain = Object.fromEntries(Object.entries(told).filter(([name]) => name !== 'facets'));
	return { ...(plain as unknown as typeof told), last };
}

/** The row of a session whose log is not here, filed as all acts of filing that are known say. */
export function awayRow(
	{ last: _, ...told }: CatalogueRow,
	filing: readonly FilingEvent[],
): SessionRow {
	const row: SessionRow = { ...told, seq: -1, away: true };
	return filing.reduce((filed, event) => refiled(filed, event, -1), row);
}
