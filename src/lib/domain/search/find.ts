/** Where the terms of a query stand in a text. */
import type { SearchQuery, Term } from './query';
import { runsOf, type Part, type Run } from './runs';

/** UTF-16 code units, without `to`. */
export interface Mark {
	from: number;
	to: number;
}

export interface Found {
	/** In order, none touching another. */
	marks: Mark[];
	/** Which terms of the query are among them, by their place in it. */
	terms: Set<number>;
}

/** Looks no further than `most` places: what is shown or counted has a limit. */
export function findIn(text: string, { terms }: SearchQuery, most = Infinity): Found {
	const found: Found = { marks: [], terms: new Set() };
	if (terms.length === 0 || cannotHold(text, terms)) return found;
	const longest = Math.max(...terms.map(({ runs }) => runs.length));
	/** The last runs read, as many as the longest term has. */
	const before: Run[] = [];
	const marks: Mark[] = [];
	for (const run of runsOf(text)) {
		before.push(run);
		if (before.length > longest) before.shift();
		for (const [at, term] of terms.entries()) {
			const here = marksOf(term, before);
			if (here.length === 0) continue;
			found.terms.add(at);
			marks.push(...here);
		}
		if (marks.length >= most && found.terms.size === terms.length) break;
	}
	found.marks = joined(marks);
	return found;
}

/** What most texts of a log are asked: without case, is any of it there at all? Only sure of plain English letters. */
function cannotHold(text: string, terms: readonly Term[]): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
	const plain = text.toLowerCase();
	return !terms.some(({ runs }) => runs.every((run) => plain.includes(run.text)));
}

/** Marks of a term that ends with the last of these runs. */
function marksOf({ runs, open }: Term, before: readonly Run[]): Mark[] {
	const wanted = runs.at(-1);
	const last = before.at(-1);
	if (!wanted || !last) return [];
	if (runs.length === 1) return marksInRun(wanted, last, open);
	const there = before.slice(-runs.length);
	const first = there[0];
	if (there.length < runs.length || !first) return [];
	const sideBySide = runs.every((run, i) => {
		const other = there[i];
		if (!other || other.dense !== run.dense) return false;
		if (i === runs.length - 1)
			return open || run.dense ? other.text.startsWith(run.text) : other.text === run.text;
		return i === 0 && run.dense ? other.text.endsWith(run.text) : other.text === run.text;
	});
	if (!sideBySide) return [];
	const wantedFirst = runs[0]?.text.length ?? 0;
	const cutsFirst = first.dense && first.text.length === first.to - first.from;
	return [
		{
			from: cutsFirst ? first.to - wantedFirst : first.from,
			to: beginning(last, wanted.text.length, open || wanted.dense).to,
		},
	];
}

function marksInRun(wanted: Run, run: Run, open: boolean): Mark[] {
	if (wanted.dense !== run.dense) return [];
	if (wanted.dense) return marksInDense(wanted.text, run);
	if (isWord(wanted.text, run, open)) return [beginning(run, wanted.text.length, open)];
	return (run.parts ?? [])
		.filter((part) => isWord(wanted.text, part, open))
		.map((part) => beginning(part, wanted.text.length, open));
}

function isWord(wanted: string, { text }: Part, open: boolean): boolean {
	return open ? text.startsWith(wanted) : text === wanted;
}

/** Only what was typed of a word is marked, where folding has moved nothing. */
function beginning({ from, to, text }: Part, length: number, open: boolean): Mark {
	return { from, to: open && text.length === to - from ? from + length : to };
}

function marksInDense(wanted: string, { from, to, text }: Run): Mark[] {
	const marks: Mark[] = [];
	for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
		marks.push(
			text.length === to - from ? { from: from + at, to: from + at + wanted.length } : { from, to },
		);
	return marks;
}

function joined(marks: Mark[]): Mark[] {
	const inOrder = marks.sort((a, b) => a.from - b.from || b.to - a.to);
	const apart: Mark[] = [];
	for (const mark of inOrder) {
		const last = apart.at(-1);
		if (last && mark.from < last.to) last.to = Math.max(last.to, mark.to);
		else apart.push({ ...mark });
	}
	return apart;
}
