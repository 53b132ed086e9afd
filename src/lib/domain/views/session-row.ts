import type { SessionState } from '../log/state';
import type { SessionRow } from '../session-row';
import { statusOf } from './status';

/** The row that lists show of a session whose last event is `seq`. */
export function sessionRowOf(state: SessionState, seq: number): SessionRow {
	const { status, reason, until, needsYou } = statusOf(state);
	return {
		v: 1,
		id: state.id,
		agentId: state.agent?.id ?? null,
		agentName: state.agent?.name ?? '',
		agentIcon: state.agent?.icon ?? 'chat',
		title: state.title,
		mode: state.mode,
		status,
		reason,
		until,
		needsYou,
		progress: status === 'running' && state.turns > 0 ? `Step ${state.turns + 1}` : '',
		model: state.settings.model,
		effort: state.settings.effort,
		ticketId: state.ticketId,
		labels: state.agent?.labels ?? [],
		startedAt: state.createdAt,
		updatedAt: state.lastAt,
		activeMs: state.activeMs,
		runningSince: state.runningSince,
		usage: { ...state.usage },
		turns: state.turns,
		cost: state.cost,
		seq,
	};
}
