/**
 * Lines of Claude Code → conversations. Lines name the line they follow; together they make trees, in any order they
 * are read. What a person or a model said makes units: a prompt, or an exchange (one message of the model, which
 * may be several lines, with the results of its calls, which hang off those lines side by side). Where two units
 * follow the same one, the conversation forked. All other lines are notes on the unit they follow.
 */
import { canonicalJson, type JsonObject } from '../json';
import { textOf, type Block, type Line } from './claude-code-line';

/** A line in its tree. */
export interface Entry {
	uuid: string;
	line: Line;
	/** What other copies of the line say otherwise: each holds the fields that differ. */
	copies: JsonObject[];
	parent: Entry | null;
	children: Entry[];
	/** Epoch ms; of a line without a time, that of the line it follows. */
	at: number;
	/** Of a sub-agent's first line: the line of its caller that it follows, where it names one. */
	calledAt: Entry | null;
	/** The exchange under way at this line. */
	exchange: Unit | null;
	/** What it belongs to. */
	unit: Unit | null;
}

export type ResultBlock = Extract<Block, { type: 'result' }>;

export interface Unit {
	/** `start` stands before everything that was said, and holds notes alone. */
	kind: 'start' | 'prompt' | 'exchange' | 'error' | 'summary' | 'interrupt';
	head: Entry;
	/** Its lines, in order; of an exchange, those of the model. */
	lines: Entry[];
	results: { entry: Entry; block: ResultBlock }[];
	calls: Set<string>;
	notes: Entry[];
	children: Unit[];
}

/** What was said in one conversation with all its forks: the main one, or that of one sub-agent. */
export interface Thread {
	sidechain: boolean;
	sessionId: string | null;
	agentId: string | null;
	root: Entry;
	start: Unit;
}

export interface Forest {
	/** Main conversations first, each kind by when it began. */
	threads: Thread[];
	/** By uuid, copies that have uuids of their own included. */
	entries: ReadonlyMap<string, Entry>;
}

export function growForest(lines: readonly Line[]): Forest {
	const { entries, all } = entriesOf(lines);
	for (const entry of all) entry.parent = parentOf(entry, entries);
	const apart = all.map(withinItsThread);
	for (const [place, entry] of all.entries()) entry.parent = apart[place] ?? null;
	breakCycles(all);
	const roots = plant(all);
	return { threads: threadsOf(roots, all), entries };
}

/** One entry for each line, however often it was copied. */
function entriesOf(lines: readonly Line[]): { entries: Map<string, Entry>; all: Entry[] } {
	const versions = new Map<string, Line[]>();
	for (const line of lines) {
		if (line.uuid === null) continue;
		const known = versions.get(line.uuid);
		if (known) known.push(line);
		else versions.set(line.uuid, [line]);
	}
	const entries = new Map<string, Entry>();
	const all: Entry[] = [];
	const copies: [uuid: string, of: string][] = [];
	for (const [uuid, known] of versions) {
		const [line, ...others] = known.length > 1 ? known.sort(bySeniority) : known;
		if (!line) continue;
		const original = originalOf(uuid, versions);
		if (original !== uuid) {
			copies.push([uuid, original]);
			continue;
		}
		const entry = newEntry(uuid, line);
		for (const other of others) addCopy(entry, other);
		entries.set(uuid, entry);
		all.push(entry);
	}
	for (const [uuid, of] of copies.sort()) {
		const entry = entries.get(of);
		if (!entry) continue;
		entries.set(uuid, entry);
		for (const line of versions.get(uuid) ?? []) addCopy(entry, line);
	}
	return { entries, all };
}

/** The line that a copy goes back to, as far as it is known; of a circle of copies, the first by name. */
function originalOf(uuid: string, versions: ReadonlyMap<string, readonly Line[]>): string {
	const seen = new Set<string>();
	let at = uuid;
	for (;;) {
		if (seen.has(at)) return [...seen].sort()[0] ?? uuid;
		seen.add(at);
		const next = versions.get(at)?.[0]?.copyOf;
		if (!next || next === at || !versions.has(next)) return at;
		at = next;
	}
}

function newEntry(uuid: string, line: Line): Entry {
	return {
		uuid,
		line,
		copies: [],
		parent: null,
		children: [],
		at: line.at ?? -1,
		calledAt: null,
		exchange: null,
		unit: null,
	};
}

function addCopy(entry: Entry, { raw }: Line): void {
	const differs = Object.entries(raw).filter(([key, value]) => {
		const own = entry.line.raw[key];
		return own === undefined || (own !== value && canonicalJson(own) !== canonicalJson(value));
	});
	if (differs.length > 0) entry.copies.push(Object.fromEntries(differs));
}

/** The original before what says that it was copied, then the older, then any fixed order. */
function bySeniority(a: Line, b: Line): number {
	return (
		Number(a.copyOf !== null) - Number(b.copyOf !== null) ||
		(a.at ?? 0) - (b.at ?? 0) ||
		compare(canonicalJson(a.raw), canonicalJson(b.raw))
	);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function byTime(a: Entry, b: Entry): number {
	return a.at - b.at || compare(a.uuid, b.uuid);
}

function parentOf(entry: Entry, entries: ReadonlyMap<string, Entry>): Entry | null {
	const { parent, logicalParent } = entry.line;
	const named = entries.get(parent ?? '') ?? entries.get(logicalParent ?? '');
	return named && named !== entry ? named : null;
}

/** Sub-agents talk apart: their lines may follow one of their caller, and are not part of its conversation. */
function withinItsThread(entry: Entry): Entry | null {
	let { parent } = entry;
	const seen = new Set<Entry>([entry]);
	while (parent && !sameThread(entry, parent)) {
		entry.calledAt ??= parent;
		if (entry.line.sidechain || seen.has(parent)) return null;
		seen.add(parent);
		parent = parent.parent;
	}
	return parent;
}

function sameThread({ line: a }: Entry, { line: b }: Entry): boolean {
	return a.sidechain === b.sidechain && (!a.sidechain || a.agentId === b.agentId);
}

/** Lines that follow each other in a circle begin with the first of them. */
function breakCycles(all: readonly Entry[]): void {
	const done = new Set<Entry>();
	for (const entry of all) {
		const path: Entry[] = [];
		const onPath = new Set<Entry>();
		let at: Entry | null = entry;
		while (at && !done.has(at) && !onPath.has(at)) {
			path.push(at);
			onPath.add(at);
			at = at.parent;
		}
		if (at && onPath.has(at)) {
			const [first] = path.slice(path.indexOf(at)).sort(byTime);
			if (first) first.parent = null;
		}
		for (const passed of path) done.add(passed);
	}
}

/** Gives children to parents, and a time to every entry. */
function plant(all: readonly Entry[]): Entry[] {
	const earliest = all.reduce((least, { at }) => (at >= 0 ? Math.min(least, at) : least), Infinity);
	const roots: Entry[] = [];
	for (const entry of all) (entry.parent?.children ?? roots).push(entry);
	const rest = [...roots];
	for (const root of roots) if (root.at < 0) root.at = earliest === Infinity ? 0 : earliest;
	for (let entry = rest.pop(); entry; entry = rest.pop())
		for (const child of entry.children) {
			if (child.at < 0) child.at = entry.at;
			rest.push(child);
		}
	return roots.sort(byTime);
}

/**
 * Trees of one conversation hang together: one whose first line follows nothing that is known goes on from what was
 * there last at its time.
 */
function threadsOf(roots: readonly Entry[], all: readonly Entry[]): Thread[] {
	const byKey = new Map<string, Entry[]>();
	for (const root of roots) {
		const key = threadKey(root);
		const known = byKey.get(key);
		if (known) known.push(root);
		else byKey.set(key, [root]);
	}
	const tangled = [...byKey.values()].filter((trees) => trees.length > 1);
	if (tangled.length > 0) for (const trees of tangled) joinTrees(trees, all);
	return [...byKey.values()]
		.flatMap(([root]) => (root ? [root] : []))
		.map((root) => ({
			sidechain: root.line.sidechain,
			sessionId: root.line.sessionId,
			agentId: root.line.agentId,
			root,
			start: inUnits(root),
		}))
		.sort((a, b) => Number(a.sidechain) - Number(b.sidechain) || byTime(a.root, b.root));
}

function threadKey({ uuid, line: { sidechain, sessionId, agentId } }: Entry): string {
	if (!sidechain) return sessionId === null ? `lone ${uuid}` : `main ${sessionId}`;
	return agentId === null ? `lone ${uuid}` : `agent ${sessionId} ${agentId}`;
}

/** `trees`: roots in order of time. */
function joinTrees(trees: readonly Entry[], all: readonly Entry[]): void {
	const [first] = trees;
	if (!first) return;
	const tree = new Map<Entry, number>();
	for (const [number, root] of trees.entries()) {
		const rest = [root];
		for (let entry = rest.pop(); entry; entry = rest.pop()) {
			tree.set(entry, number);
			rest.push(...entry.children);
		}
	}
	const inOrder = all.filter((entry) => tree.has(entry)).sort(byTime);
	const places = new Map(inOrder.map((entry, place) => [entry, place]));
	for (const [number, root] of trees.entries()) {
		if (number === 0) continue;
		let place = (places.get(root) ?? 0) - 1;
		while (place >= 0 && (tree.get(inOrder[place] as Entry) ?? 0) >= number) place--;
		root.parent = inOrder[place] ?? first;
		root.parent.children.push(root);
	}
}

const interruptions: ReadonlySet<string> = new Set([
	'[Request interrupted by user]',
	'[Request interrupted by user for tool use]',
]);

/** What a line of a conversation says, by itself. */
function kindOf({ line }: Entry): Exclude<Unit['kind'], 'start'> | 'note' {
	const { type, raw, blocks } = line;
	if (type === 'assistant') return raw['isApiErrorMessage'] === true ? 'error' : 'exchange';
	if (type !== 'user' || raw['isMeta'] === true) return 'note';
	const text = saidIn(line);
	if (raw['isCompactSummary'] === true && text !== '') return 'summary';
	if (interruptions.has(text)) return 'interrupt';
	if (/^<local-command-(?:stdout|stderr|caveat)>/.test(text)) return 'note';
	return text.trim() !== '' || blocks.some(({ type }) => type === 'file') ? 'prompt' : 'note';
}

/** The words of a message. */
export function saidIn({ blocks }: Line): string {
	return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n');
}

function newUnit(kind: Unit['kind'], head: Entry): Unit {
	return { kind, head, lines: [], results: [], calls: new Set(), notes: [], children: [] };
}

function inUnits(root: Entry): Unit {
	const start = newUnit('start', root);
	const queue: Entry[] = [root];
	for (const entry of queue) {
		place(entry, start);
		for (const child of entry.children.sort(byTime)) queue.push(child);
	}
	const heads = (a: Unit, b: Unit) => byTime(a.head, b.head);
	start.children.sort(heads);
	for (const { unit } of queue) unit?.children.sort(heads);
	return start;
}

/** After its parent: an entry joins the exchange under way, begins a unit of its own, or is a note. */
function place(entry: Entry, start: Unit): void {
	const before = entry.parent?.unit ?? start;
	const underWay = entry.parent?.exchange ?? null;
	entry.exchange = underWay;
	const kind = kindOf(entry);
	if (kind === 'exchange') {
		const id = messageId(entry);
		if (underWay && id !== null && messageId(underWay.head) === id) joinMessage(entry, underWay);
		else entry.exchange = joinMessage(entry, follow(before, newUnit('exchange', entry)));
		return;
	}
	const answers = underWay ? resultsFor(entry, underWay) : [];
	for (const block of answers) underWay?.results.push({ entry, block });
	if (kind === 'note') {
		entry.unit = answers.length > 0 ? underWay : before;
		if (answers.length === 0) before.notes.push(entry);
		return;
	}
	const unit = follow(answers.length > 0 && underWay ? underWay : before, newUnit(kind, entry));
	unit.lines.push(entry);
	entry.unit = unit;
	entry.exchange = null;
}

export function messageId({ line }: Entry): string | null {
	return textOf(line.message?.['id']);
}

function joinMessage(entry: Entry, exchange: Unit): Unit {
	exchange.lines.push(entry);
	for (const block of entry.line.blocks) if (block.type === 'call') exchange.calls.add(block.id);
	entry.unit = exchange;
	return exchange;
}

function follow(before: Unit, unit: Unit): Unit {
	before.children.push(unit);
	return unit;
}

/** Results of calls of this exchange that had none yet. */
function resultsFor({ line }: Entry, exchange: Unit): ResultBlock[] {
	if (line.type !== 'user') return [];
	const answered = new Set(exchange.results.map(({ block }) => block.id));
	return line.blocks.filter(
		(block): block is ResultBlock =>
			block.type === 'result' && exchange.calls.has(block.id) && !answered.has(block.id),
	);
}
