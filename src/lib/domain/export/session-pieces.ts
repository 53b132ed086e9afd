/** What of a session goes into an archive. */
import { actingAgent } from '../agents/chat-agent';
import { applyFileChanges, noFiles, type FileTree } from '../files';
import { MAIN, type StoredEvent } from '../log/event';
import { foldSession } from '../log/session-state';
import { outcomeOf } from '../views/outcome';
import { sessionMarkdown } from '../views/session-markdown';
import { foldTranscript } from '../views/transcript';
import type { ExportWish, PieceKind } from './manifest';

export interface Piece {
	kind: PieceKind;
	/** Within the session's folder; as the agent named it. */
	path: string;
	/** Counted from 1; of a file, how often it was written. */
	version?: number;
	/** Of an output that does not fit its schema. */
	problems?: number;
	/** In pieces of its own: a log is long. */
	text: Iterable<string>;
}

/** `events`: the whole log, without pieces of what still streams. */
export function piecesOf(id: string, events: readonly StoredEvent[], wish: ExportWish): Piece[] {
	return [
		...(wish.outputs ? [...outputsOf(events), ...filesOf(events)] : []),
		...(wish.json
			? [{ kind: 'session', path: 'session.muster.json', text: sessionJson(id, events) } as const]
			: []),
		...(wish.markdown
			? [{ kind: 'transcript', path: 'session.md', text: [markdownOf(id, events)] } as const]
			: []),
	];
}

function outputsOf(events: readonly StoredEvent[]): Piece[] {
	const { outputs, answer } = outcomeOf(foldTranscript(events).items);
	const oldestFirst = [...outputs].reverse();
	const structured = oldestFirst.map(({ value, raw, problems }, place): Piece => {
		const [text, ending] =
			value === undefined ? [raw, 'txt'] : [`${JSON.stringify(value, null, 2)}\n`, 'json'];
		const version = place + 1;
		return {
			kind: 'output',
			path: oldestFirst.length === 1 ? `output.${ending}` : `output-${version}.${ending}`,
			version,
			...(problems.length > 0 && { problems: problems.length }),
			text: [text],
		};
	});
	// With an output, the answer is that output.
	if (structured.length > 0 || !answer) return structured;
	return [{ kind: 'answer', path: 'answer.md', text: [answer.text] }];
}

function filesOf(events: readonly StoredEvent[]): Piece[] {
	const tree: FileTree = events.reduce(applyFileChanges, noFiles);
	return [...tree].flatMap(([path, versions]): Piece[] => {
		const content = versions.at(-1)?.content ?? null;
		if (content === null) return [];
		return [{ kind: 'file', path: `files/${path}`, version: versions.length, text: [content] }];
	});
}

/** The whole log as a file: `{format, v, session, title, events}`, events in log order. */
export function* sessionJson(id: string, events: readonly StoredEvent[]): Generator<string> {
	const { title } = foldSession(id, events);
	yield JSON.stringify({ format: 'muster-session', v: 1, session: id, title }).slice(0, -1);
	yield ',"events":[';
	for (const [place, event] of events.entries())
		yield (place === 0 ? '\n' : ',\n') + JSON.stringify(event);
	yield '\n]}\n';
}

/** The whole session as a document. */
export function markdownOf(id: string, events: readonly StoredEvent[]): string {
	const state = foldSession(id, events);
	const { items } = foldTranscript(events);
	const nameOf = (actor: string) => (actor === MAIN ? actingAgent(state).name : actor);
	return sessionMarkdown({ title: state.title, items, nameOf });
}
