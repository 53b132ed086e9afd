import { changeFiling, type FilingEvent } from '../log/filing';
import { MAIN } from '../log/event';
import type { SessionState } from '../log/state';
import { textOf } from '../log/turns';
import type { Place, SessionKind, SessionRow } from '../session-row';
import { statusOf } from './status';
import { oneLine } from './title';

/** The row that lists show of a session whose last event is `seq`. */
export function sessionRowOf(state: SessionState, seq: number): SessionRow {
	const { status, reason, until, needsYou } = statusOf(state);
	const { archivedAt, deletedAt } = state;
	return {
		v: 2,
		id: state.id,
		place: placeOf(kindOf(state), { archivedAt, deletedAt }),
		agentId: state.agent?.id ?? null,
		agentName: state.agent?.name ?? '',
		agentIcon: state.agent?.icon ?? 'chat',
		title: rowTitle(state.title),
		mode: state.mode,
		status,
		reason,
		until,
		needsYou,
		progress: status === 'running' && state.turns > 0 ? `Step ${state.turns + 1}` : '',
		model: state.settings.model,
		effort: state.settings.effort,
		ticketId: state.ticketId,
		labels: state.labels,
		archivedAt,
		deletedAt,
		unread: state.unread,
		stamps: state.stamps,
		seenUpTo: state.seenUpTo,
		summary: summaryOf(state),
		parentId: state.parent?.chatId ?? state.parent?.sessionId ?? null,
		startedAt: state.createdAt,
		updatedAt: state.lastAt,
		activeMs: state.activeMs,
		runningSince: state.runningSince,
		usage: { ...state.usage },
		turns: state.turns,
		cost: state.cost,
		seq,
		...(state.lease && {
			runner: { device: state.lease.device, name: state.lease.deviceName },
		}),
	};
}

/** The row after a session was filed otherwise: what a fold of the whole log would give, without the log. */
export function refiled(row: SessionRow, event: FilingEvent, seq: number): SessionRow {
	const next = { ...row, stamps: row.stamps ?? {}, seenUpTo: row.seenUpTo ?? 0, seq };
	changeFiling(next, event, row.updatedAt);
	next.title = rowTitle(next.title);
	const kind = row.place.split('-')[0] as SessionKind;
	return { ...next, place: placeOf(kind, next) };
}

function kindOf({ agent, parent }: SessionState): SessionKind {
	if (agent) return 'run';
	return parent?.branch ? 'branch' : 'chat';
}

export function placeOf(
	kind: SessionKind,
	{ archivedAt, deletedAt }: Pick<SessionRow, 'archivedAt' | 'deletedAt'>,
): Place {
	if (deletedAt !== null) return `${kind}-deleted`;
	return archivedAt === null ? kind : `${kind}-archived`;
}

/** Most of a title that a row keeps, UTF-16 code units: the log has it whole. */
const TITLE_UNITS = 500;

const rowTitle = (title: string): string =>
	title.length <= TITLE_UNITS
		? title
		: `${title.slice(0, TITLE_UNITS).replace(/[\ud800-\udbff]$/, '')}…`;

/** The first words of the last answer; while it works or waits, the row says that instead. */
function summaryOf(state: SessionState): string {
	if (state.ended?.status !== 'completed') return '';
	if (state.output?.problems.length === 0) return 'Structured output';
	const last = state.actors.get(MAIN)?.items.at(-1);
	return last?.type === 'turn' ? oneLine(textOf(last.parts)) : '';
}
