import type { CommandRecord, Organising, WorkspaceCommand } from '$lib/domain/command';
import { EVENT_VERSION, type EventDraft, type StoredEvent } from '$lib/domain/log/event';
import type { FilingEvent } from '$lib/domain/log/filing';
import type { SessionState } from '$lib/domain/log/state';
import { filingEvents, type FilingDraft } from '$lib/domain/rules/organise';
import { refiled } from '$lib/domain/views/session-row';
import { markCommand } from '$lib/store/commands';
import type { MusterDb } from '$lib/store/db';
import { fileSessions, purgeSessions, type Refiled } from '$lib/store/filing';
import { branchesOf } from '$lib/store/relations';
import type { Journal } from '../journal/journal';

/** Sessions filed in one transaction: enough to be quick, and few enough that nothing else waits long. */
const AT_ONCE = 100;

/**
 * Files many sessions. Logs that nobody holds are not read: an act of filing is appended behind whatever stands
 * there, and the row takes it alone. Sessions that are gone are passed over; done twice, it changes nothing the
 * second time. Resolves with the sessions that may have something to do now.
 */
export async function organise(
	journal: Journal,
	record: CommandRecord,
	{ sessionIds, change }: Extract<WorkspaceCommand, { kind: 'organise' }>,
): Promise<string[]> {
	const { db } = journal.parts;
	await markCommand(db, record.id, 'received');
	const awake: string[] = [];
	for (let at = 0; at < sessionIds.length; at += AT_ONCE) {
		const ids = await withBranches(db, sessionIds.slice(at, at + AT_ONCE), change);
		awake.push(...(await fileSome(journal, record, ids, change)));
	}
	await markCommand(db, record.id, 'applied');
	return awake;
}

/** A chat is put away, brought back and taken away with the branches that lists don't show beside it. */
async function withBranches(db: MusterDb, ids: string[], change: Organising): Promise<string[]> {
	if (change.do === 'link' || change.do === 'label') return ids;
	const branches = await branchesOf(db, ids);
	return [...new Set([...ids, ...branches.map(({ id }) => id)])];
}

async function fileSome(
	journal: Journal,
	record: CommandRecord,
	ids: string[],
	change: Organising,
): Promise<string[]> {
	const { db } = journal.parts;
	if (change.do === 'purge') {
		for (const id of ids) journal.close(id);
		await purgeSessions(db, ids);
		return [];
	}
	// What is held here is in step with its log only if it hears of it.
	const held = ids.filter((id) => journal.holds(id));
	for (const id of held)
		await (
			await journal.open(id)
		).append((state): EventDraft[] => [
			...filingEvents(state, state.lastAt, change, record.by),
			...(change.do === 'delete' ? stopped(state, record) : []),
		]);
	const others = ids.filter((id) => !held.includes(id));
	await fileSessions(db, others, (row, lastSeq) => {
		const drafts = filingEvents(row, row.updatedAt, change, record.by);
		return drafts.reduce<Refiled>(
			({ row, events }, draft) => {
				const event = stamped(draft, row.id, lastSeq + 1 + events.length, journal);
				return { row: refiled(row, event, event.seq), events: [...events, event] };
			},
			{ row, events: [] },
		);
	});
	// What was in the middle of something when it was deleted may go on.
	return change.do === 'restore' ? ids : held;
}

/** Nothing goes on working, and costing, out of sight. */
function stopped(state: SessionState, { by }: CommandRecord): EventDraft[] {
	return state.ended || state.cancelling ? [] : [{ kind: 'cancel-requested', by }];
}

function stamped(
	draft: FilingDraft,
	sessionId: string,
	seq: number,
	{ parts }: Journal,
): StoredEvent & FilingEvent {
	return { ...draft, v: EVENT_VERSION, id: parts.newId(), sessionId, at: parts.now(), seq };
}
