/**
 * Session files of Claude Code (`~/.claude/projects/<project>/*.jsonl`) → sessions.
 *
 * Files that belong together (a session, its sub-agents, sessions that were branched or resumed from it) are read
 * together, so that no more than one such family is held at a time. Ids are derived from the lines' own uuids:
 * importing a file again gives the same events, and importing it after it has grown gives the same and more.
 */
import type { JsonObject } from '../json';
import type { StoredEvent } from '../log/event';
import { oneLine } from '../views/title';
import {
	firstEventOf,
	logOf,
	sessionIdOf,
	eventIdOf,
	type Beside,
	type Chain,
} from './claude-code-events';
import { readLine, textOf, type Line } from './claude-code-line';
import {
	growForest,
	saidIn,
	type Entry,
	type Forest,
	type Thread,
	type Unit,
} from './claude-code-tree';
import { families, type SessionFile } from './claude-code-families';

export type { SessionFile };

export type Imported =
	/**
	 * A session that is over; parents come before what was forked from them or called by them. A log that is there
	 * already lacks of these events those whose ids it does not hold, to be appended in this order.
	 */
	| { kind: 'session'; sessionId: string; events: StoredEvent[]; warnings: number }
	/** A file that gives no session. `why` is a sentence. */
	| { kind: 'nothing'; name: string; why: string };

/** The order of the files makes no difference to the sessions. */
export async function* claudeCodeSessions(files: readonly SessionFile[]): AsyncGenerator<Imported> {
	for (const family of await families(files)) {
		const read = await readFamily(family);
		yield* read.nothing;
		if (read.lines.length > 0) yield* sessionsOf(read);
	}
}

interface Family {
	lines: Line[];
	broken: Broken[];
	/** Notes that stand in no conversation, each with the session of the file it is in. */
	beside: { line: Line; text: string; sessionId: string | null }[];
	nothing: Imported[];
}

interface Broken {
	file: string;
	/** From 1. */
	number: number;
	text: string;
	why: string;
	sessionId: string | null;
}

async function readFamily(files: readonly SessionFile[]): Promise<Family> {
	const family: Family = { lines: [], broken: [], beside: [], nothing: [] };
	for (const file of files) {
		const before = family.lines.length;
		const broken: Omit<Broken, 'sessionId'>[] = [];
		const notes: { line: Line; text: string }[] = [];
		let number = 0;
		for await (const text of file.lines()) {
			number++;
			if (text.trim() === '') continue;
			const line = readLine(number === 1 ? text.replace(/^\ufeff/, '') : text);
			if ('broken' in line) broken.push({ file: file.name, number, text, why: line.broken });
			else if (line.uuid === null) notes.push({ line, text });
			else family.lines.push(line);
		}
		const own = family.lines.slice(before);
		if (own.length === 0) family.nothing.push(holdsNothing(file.name, broken.length, notes.length));
		const sessionId = sessionOf(own) ?? sessionOf(notes.map(({ line }) => line));
		family.broken.push(...broken.map((line) => ({ ...line, sessionId })));
		family.beside.push(...notes.map((note) => ({ ...note, sessionId })));
	}
	return family;
}

function holdsNothing(name: string, broken: number, notes: number): Imported {
	const why =
		broken > 0 && notes === 0
			? 'None of its lines could be read. Choose a .jsonl file of Claude Code.'
			: 'It holds no messages.';
	return { kind: 'nothing', name, why };
}

/** The session most lines of a file name; of several, the first by name. */
function sessionOf(lines: readonly Line[]): string | null {
	const counts = new Map<string, number>();
	for (const { sessionId } of lines)
		if (sessionId !== null) counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
	const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
	return most?.[0] ?? null;
}

function* sessionsOf(family: Family): Generator<Imported> {
	const forest = growForest(family.lines);
	const homes = homesOf(forest);
	const beside = assign(family, forest, homes);
	const calls = callsOf(forest);
	const counted = new Set<string>();
	for (const thread of forest.threads) {
		const calledBy = thread.sidechain ? callerOf(thread, forest, calls, homes) : null;
		const rest: Pick<Chain, 'head' | 'units' | 'fork'>[] = [
			{ head: thread.root, units: chainFrom(thread.start), fork: null },
		];
		for (let next = rest.pop(); next; next = rest.pop()) {
			const notes = beside.get(next.head) ?? [];
			const log = logOf({ ...next, ref: thread.sessionId, calledBy, beside: notes }, counted);
			const sessionId = sessionIdOf(next.head);
			const warnings = notes.filter(({ broken }) => broken !== undefined).length;
			yield { kind: 'session', sessionId, events: log, warnings };
			// The last one pushed comes first.
			rest.push(...forksOf(next.units, sessionId, log).reverse());
		}
	}
}

/** A conversation goes on with what was said first; what was said instead, later, is a fork. */
function chainFrom(first: Unit): Unit[] {
	const units = [first];
	for (let next = first.children[0]; next; next = next.children[0]) units.push(next);
	return units;
}

function forksOf(
	units: readonly Unit[],
	sessionId: string,
	log: readonly StoredEvent[],
): Pick<Chain, 'head' | 'units' | 'fork'>[] {
	return units.flatMap((unit) => {
		const [first, ...others] = unit.children;
		if (!first) return [];
		const from = firstEventOf(first);
		return others.map((other) => {
			// Another prompt stands in for the first one; anything else follows what was said before.
			const instead = first.kind === 'prompt' && other.kind === 'prompt';
			const eventId = instead ? from : firstEventOf(unit);
			return {
				head: other.head,
				units: chainFrom(other),
				fork: { log, from, parent: { sessionId, eventId } },
			};
		});
	});
}

/** The first line of the session that each unit is in. */
function homesOf({ threads }: Forest): Map<Unit, Entry> {
	const homes = new Map<Unit, Entry>();
	for (const { root, start } of threads) {
		const rest: [Unit, Entry][] = [[start, root]];
		for (let next = rest.pop(); next; next = rest.pop()) {
			const [unit, home] = next;
			homes.set(unit, home);
			for (const [n, child] of unit.children.entries())
				rest.push([child, n === 0 ? home : child.head]);
		}
	}
	return homes;
}

interface Call {
	unit: Unit;
	title: string | null;
}

/** Calls of sub-agents, by the agent they began and by what they asked it. */
function callsOf({ threads }: Forest): Map<string, Call> {
	const calls = new Map<string, Call>();
	const remember = (key: string, call: Call) => {
		if (!calls.has(key)) calls.set(key, call);
	};
	for (const { start, sessionId } of threads) {
		const rest = [start];
		for (let unit = rest.pop(); unit; unit = rest.pop()) {
			rest.push(...[...unit.children].reverse());
			const titles = new Map<string, string | null>();
			for (const { line } of unit.lines)
				for (const block of line.blocks) {
					if (block.type !== 'call' || typeof block.input !== 'object') continue;
					const input = block.input as JsonObject | null;
					const prompt = textOf(input?.['prompt']);
					const title = textOf(input?.['description']);
					titles.set(block.id, title);
					if (prompt) remember(`asked ${sessionId} ${prompt}`, { unit, title });
				}
			for (const { entry, block } of unit.results) {
				const result = entry.line.raw['toolUseResult'] as JsonObject | undefined;
				const agentId = textOf(result?.['agentId']);
				if (agentId) remember(`agent ${agentId}`, { unit, title: titles.get(block.id) ?? null });
			}
		}
	}
	return calls;
}

function callerOf(
	{ agentId, sessionId, root, start }: Thread,
	{ threads }: Forest,
	calls: ReadonlyMap<string, Call>,
	homes: ReadonlyMap<Unit, Entry>,
): NonNullable<Chain['calledBy']> {
	const asked = start.children.find(({ kind }) => kind === 'prompt');
	const named = asked && calls.get(`asked ${sessionId} ${saidIn(asked.head.line)}`);
	const call = calls.get(`agent ${agentId}`) ?? named;
	const main = threads.find((other) => !other.sidechain && other.sessionId === sessionId);
	const unit = call?.unit ?? root.calledAt?.unit ?? main?.start;
	const home = unit && homes.get(unit);
	const title = call?.title ? oneLine(call.title) || null : null;
	if (!home || home === root) return { parent: null, title };
	const eventId = unit.kind === 'start' ? eventIdOf(home, 'created') : firstEventOf(unit);
	return { parent: { sessionId: sessionIdOf(home), eventId, subAgent: true }, title };
}

/** What stands in no conversation, by the first line of the session it belongs to. */
function assign(
	{ beside, broken }: Family,
	{ threads, entries }: Forest,
	homes: ReadonlyMap<Unit, Entry>,
): Map<Entry, Beside[]> {
	const bySession = new Map<string | null, Entry>();
	for (const { sessionId, root } of threads)
		if (!bySession.has(sessionId)) bySession.set(sessionId, root);
	const homeOf = (uuid: string | null) => {
		const unit = entries.get(uuid ?? '')?.unit;
		return unit ? homes.get(unit) : undefined;
	};
	const fallback = threads[0]?.root;
	const assigned = new Map<Entry, Beside[]>();
	const give = (home: Entry | undefined, note: Beside) => {
		const to = home ?? fallback;
		if (!to) return;
		const known = assigned.get(to);
		if (known) known.push(note);
		else assigned.set(to, [note]);
	};
	for (const { line, text, sessionId } of beside) {
		const about = textOf(line.raw['leafUuid']) ?? textOf(line.raw['messageId']);
		const home = homeOf(about) ?? bySession.get(line.sessionId ?? sessionId);
		give(home, noteOf(line, text));
	}
	for (const { file, number, text, why, sessionId } of broken)
		give(bySession.get(sessionId), {
			key: `broken ${number} ${text}`,
			type: '',
			at: null,
			recorded: { file, line: number, text },
			broken: `Line ${number} of ${file} ${why}. It was left out; its text is kept with its session.`,
		});
	for (const [home, notes] of assigned) assigned.set(home, inOrder(notes));
	return assigned;
}

function noteOf(line: Line, text: string): Beside {
	const title = titleOf(line);
	return {
		key: text,
		type: line.type,
		at: line.at,
		recorded: line.raw,
		...(title !== null && { title }),
	};
}

function titleOf({ type, raw }: Line): string | null {
	const field = { summary: 'summary', 'ai-title': 'aiTitle', 'custom-title': 'customTitle' }[type];
	const text = field === undefined ? null : textOf(raw[field]);
	return text === null ? null : oneLine(text) || null;
}

/** What a person called it counts most, so it comes last; equal ones are told apart by their number. */
function inOrder(notes: Beside[]): Beside[] {
	const rank = ({ type, title, broken }: Beside) =>
		broken !== undefined
			? 4
			: title === undefined
				? 0
				: type === 'custom-title'
					? 3
					: type === 'ai-title'
						? 2
						: 1;
	const seen = new Map<string, number>();
	return notes
		.sort(
			(a, b) =>
				rank(a) - rank(b) ||
				(a.at ?? 0) - (b.at ?? 0) ||
				(a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
		)
		.map((note) => {
			const n = seen.get(note.key) ?? 0;
			seen.set(note.key, n + 1);
			return n === 0 ? note : { ...note, key: `${note.key} ${n + 1}` };
		});
}
