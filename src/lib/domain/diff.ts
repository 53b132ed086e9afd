import { diffArrays } from 'diff';

export interface DiffLine {
	kind: 'same' | 'added' | 'removed';
	/** From 1; null where the line isn't in that text. */
	oldLine: number | null;
	newLine: number | null;
	/** Without its line break; cut at {@link MAX_SHOWN_CHARS}. */
	text: string;
	/** The text ends here without a line break. */
	noNewline?: true;
}

export interface DiffHunk {
	/** First line of the hunk in either text, from 1. */
	oldStart: number;
	newStart: number;
	lines: DiffLine[];
}

export type LineDiff =
	| { is: 'hunks'; hunks: DiffHunk[]; added: number; removed: number }
	/** Too large to compare: how many lines there were and are. */
	| { is: 'too-large'; linesBefore: number; linesAfter: number };

export const MAX_SHOWN_CHARS = 5_000;
/** Changed lines a person could still look through. */
const MAX_CHANGED = 20_000;
/** Beyond this many single changes the search for the smallest diff ends, and a changed stretch is shown as replaced. */
const MAX_EDITS = 1_500;

/** What differs between two texts, line by line, with `context` unchanged lines around each change. */
export function lineDiff(before: string, after: string, context = 3): LineDiff {
	const stripReturns = allCrlf(before) && allCrlf(after);
	const old = splitLines(before);
	const now = splitLines(after);
	const head = sharedStart(old, now);
	const tail = sharedEnd(old, now, head);
	const oldMiddle = old.slice(head, old.length - tail);
	const newMiddle = now.slice(head, now.length - tail);
	const tooLarge = { is: 'too-large', linesBefore: old.length, linesAfter: now.length } as const;
	if (Math.min(oldMiddle.length, newMiddle.length) > 10 * MAX_CHANGED) return tooLarge;
	const changes = compare(oldMiddle, newMiddle);
	const count = (kind: DiffLine['kind']) =>
		changes.reduce((sum, change) => sum + (change.kind === kind ? change.lines.length : 0), 0);
	const added = count('added');
	const removed = count('removed');
	if (added + removed > MAX_CHANGED) return tooLarge;
	if (added + removed === 0) return { is: 'hunks', hunks: [], added, removed };
	const runs: Run[] = [
		{ kind: 'same', lines: old.slice(0, head) },
		...changes,
		{ kind: 'same', lines: old.slice(old.length - tail) },
	];
	return { is: 'hunks', hunks: hunksOf(runs, context, stripReturns), added, removed };
}

interface Run {
	kind: DiffLine['kind'];
	/** With their line breaks. */
	lines: string[];
}

function compare(old: string[], now: string[]): Run[] {
	const found =
		old.length === 0 || now.length === 0
			? undefined
			: diffArrays(old, now, { maxEditLength: MAX_EDITS });
	if (!found)
		return [
			{ kind: 'removed', lines: old },
			{ kind: 'added', lines: now },
		];
	return found.map((change) => ({
		kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
		lines: change.value,
	}));
}

function hunksOf(runs: readonly Run[], context: number, stripReturns: boolean): DiffHunk[] {
	const hunks: DiffHunk[] = [];
	let hunk: DiffHunk | null = null;
	let oldLine = 1;
	let newLine = 1;
	const add = (kind: DiffLine['kind'], raw: string) => {
		hunk ??= { oldStart: oldLine, newStart: newLine, lines: [] };
		hunk.lines.push({
			kind,
			oldLine: kind === 'added' ? null : oldLine,
			newLine: kind === 'removed' ? null : newLine,
			...shown(raw, stripReturns),
		});
		if (kind !== 'added') oldLine++;
		if (kind !== 'removed') newLine++;
	};
	const close = () => {
		if (hunk) hunks.push(hunk);
		hunk = null;
	};
	runs.forEach((run, index) => {
		if (run.kind !== 'same') return run.lines.forEach((line) => add(run.kind, line));
		const before = index === 0 ? 0 : context;
		const after = index === runs.length - 1 ? 0 : context;
		if (run.lines.length <= before + after) return run.lines.forEach((line) => add('same', line));
		run.lines.slice(0, before).forEach((line) => add('same', line));
		close();
		const skipped = run.lines.length - before - after;
		oldLine += skipped;
		newLine += skipped;
		run.lines
			.slice(run.lines.length - after, after === 0 ? 0 : undefined)
			.forEach((line) => add('same', line));
	});
	close();
	return hunks;
}

function shown(raw: string, stripReturns: boolean): { text: string; noNewline?: true } {
	const ends = raw.endsWith('\n');
	let end = raw.length - (ends ? 1 : 0);
	if (ends && stripReturns) end--;
	const cut = end > MAX_SHOWN_CHARS;
	// A cut may not leave half a character behind.
	if (cut) end = MAX_SHOWN_CHARS - (/[\ud800-\udbff]/.test(raw[MAX_SHOWN_CHARS - 1] ?? '') ? 1 : 0);
	return { text: raw.slice(0, end) + (cut ? '…' : ''), ...(ends ? {} : { noNewline: true }) };
}

/** The lines of a text, each with its line break. */
function splitLines(text: string): string[] {
	const lines: string[] = [];
	for (let from = 0; from < text.length;) {
		const end = text.indexOf('\n', from);
		const next = end === -1 ? text.length : end + 1;
		lines.push(text.slice(from, next));
		from = next;
	}
	return lines;
}

function allCrlf(text: string): boolean {
	return !/(^|[^\r])\n/.test(text);
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
	const most = Math.min(a.length, b.length);
	let n = 0;
	while (n < most && a[n] === b[n]) n++;
	return n;
}

function sharedEnd(a: readonly string[], b: readonly string[], head: number): number {
	const most = Math.min(a.length, b.length) - head;
	let n = 0;
	while (n < most && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
	return n;
}
