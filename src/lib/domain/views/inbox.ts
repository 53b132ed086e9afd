/** What the inbox says of what waits for a person, and of what has been decided. */
import { inSentence } from '../device-name';
import { formatClock } from '../format';
import { revealHidden } from '../hidden-characters';
import type { SessionEvent } from '../log/event';
import type { SessionRow } from '../session-row';
import { decisionWords } from './activity-words';

/** What is asked, in a line: "Write to src/a.ts?". Untrusted: it names files and repeats questions. */
export function askedOf({ status, reason }: Pick<SessionRow, 'status' | 'reason'>): string {
	if (status !== 'waiting-permission') return reason;
	const [, tool = reason, target] = /^(\S+)(?: on ([\s\S]+))?$/.exec(reason) ?? [];
	if (target === undefined) return `Use ${tool}?`;
	if (tool === 'write_file') return `Write to ${target}?`;
	if (tool === 'edit_file') return `Edit ${target}?`;
	return `Use ${tool} on ${target}?`;
}

/** What a person did that answers a wait: "Denied", "on this device, 14:33". */
export interface Deed {
	what: string;
	where: string;
}

/** The last of them; null: none of these events is one. */
export function deedOf(events: readonly SessionEvent[], locale?: string): Deed | null {
	for (const event of events.toReversed()) {
		const what = answerWords(event);
		if (what === null || event.by.kind !== 'person' || event.inherited) continue;
		const where = `on ${inSentence(event.by.deviceName)}, ${formatClock(event.at, locale)}`;
		return { what, where };
	}
	return null;
}

function answerWords(event: SessionEvent): string | null {
	switch (event.kind) {
		case 'permission-decided':
			return decisionWords(event.decision, event.mode);
		case 'question-answered':
			return event.answers === null ? 'Skipped' : 'Answered';
		case 'interruption-resolved':
			return event.choice === 'skip' ? 'Skipped' : 'Run again';
		case 'continue-requested':
			return 'Continued';
		case 'cancel-requested':
			return 'Cancelled';
		case 'prompt':
			return 'Replied';
		case 'archived':
			return 'Archived';
		case 'deleted':
			return 'Deleted';
		default:
			return null;
	}
}

export interface InboxOrder {
	/** What stands in the list, top to bottom: what waits, and what was decided since the list was opened. */
	shown: string[];
	/** Came to wait while the list was held, and is not shown yet. */
	arrived: number;
}

/**
 * Keeps the list still: `before` is what stood there, `fresh` what waits now, the newest first. What has been decided
 * keeps its place. What came since leads, unless somebody points at the list (`held`); what came earlier follows.
 */
export function inboxOrder(
	before: readonly string[],
	fresh: readonly string[],
	held: boolean,
): InboxOrder {
	const known = new Set(before);
	const last = fresh.findLastIndex((id) => known.has(id));
	const newer = fresh.slice(0, last + 1).filter((id) => !known.has(id));
	const rest = fresh.slice(last + 1);
	// Nothing that stood there waits any more: whatever does is new.
	const [lead, follow] = last === -1 && before.length > 0 ? [rest, []] : [newer, rest];
	if (held && before.length > 0) return { shown: [...before, ...follow], arrived: lead.length };
	return { shown: [...lead, ...before, ...follow], arrived: 0 };
}

/** One thing a session asks a person, with a key of its own. */
export interface Ask {
	key: string;
	/** Of a request for permission; null: a question, or something else that needs a person. */
	tool: string | null;
	question: boolean;
}

/** What a session that waits still asks, by the end of its log. */
export function asksOf(sessionId: string, events: readonly SessionEvent[]): Ask[] {
	const open = new Map<string, Ask>();
	for (const event of events) {
		if (event.inherited) continue;
		const key = 'callId' in event && event.callId ? `${sessionId}:${event.callId}` : '';
		switch (event.kind) {
			case 'permission-requested':
				open.set(key, { key, tool: event.tool, question: false });
				break;
			case 'question-asked':
				open.set(key, { key, tool: null, question: true });
				break;
			case 'held':
				open.set(`${sessionId}:held`, {
					key: `${sessionId}:${event.id}`,
					tool: null,
					question: false,
				});
				break;
			case 'permission-decided':
			case 'question-answered':
			case 'tool-result':
				open.delete(key);
				break;
			case 'interruption-resolved':
			case 'continue-requested':
			case 'prompt':
				open.delete(`${sessionId}:held`);
				break;
			case 'cancel-requested':
			case 'ended':
				open.clear();
				break;
			default:
				break;
		}
	}
	return [...open.values()];
}

export interface Notice {
	title: string;
	body: string;
}

/** Characters of a name or a title on a notification. */
const MOST_CHARS = 120;

/** What a notification says: the agent, the tool and the session's title, and nothing of what is asked. */
export function noticeOf(
	row: Pick<SessionRow, 'agentName' | 'title' | 'place'>,
	{ tool, question }: Pick<Ask, 'tool' | 'question'>,
): Notice {
	const who = visible(row.agentName) || 'A chat';
	const title =
		tool !== null
			? `${who} wants to use ${visible(tool)}`
			: question
				? `${who} has a question`
				: `${who} waits for you`;
	return { title, body: visible(row.title) };
}

/** One line, without characters that cannot be seen or that turn what is around them. */
function visible(text: string): string {
	const parts = revealHidden(text.slice(0, 4 * MOST_CHARS));
	const plain = parts.map((part) => (part.hidden ? ' ' : part.text)).join('');
	const line = plain.replace(/\s+/g, ' ').trim();
	return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS - 1)}…`.toWellFormed() : line;
}
