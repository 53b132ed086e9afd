export interface TextEdit {
	oldText: string;
	newText: string;
	everywhere: boolean;
}

export type EditedText =
	{ ok: true; text: string; places: number } | { ok: false; problem: string };

/** Exact replacement. `path` is for the sentences. Text given with \n also fits a file that ends its lines with \r\n. */
export function editText(path: string, text: string, edit: TextEdit): EditedText {
	const { oldText, newText, everywhere } = withLineEndsOf(text, edit);
	if (oldText === '') return fail('old_string is empty. Use write_file to write a whole file.');
	if (oldText === newText)
		return fail('old_string and new_string are the same: nothing would change.');
	const first = text.indexOf(oldText);
	if (first === -1) return fail(notFound(path, text, oldText));
	if (everywhere) {
		const pieces = text.split(oldText);
		return { ok: true, text: pieces.join(newText), places: pieces.length - 1 };
	}
	if (text.indexOf(oldText, first + 1) !== -1) return fail(ambiguous(path, text, oldText));
	return {
		ok: true,
		text: text.slice(0, first) + newText + text.slice(first + oldText.length),
		places: 1,
	};
}

function withLineEndsOf(text: string, edit: TextEdit): TextEdit {
	const foreign = !edit.oldText.includes('\r') && text.includes('\r\n');
	if (!foreign || text.includes(edit.oldText)) return edit;
	const crlf = (part: string) => part.replace(/\r?\n/g, '\r\n');
	return { ...edit, oldText: crlf(edit.oldText), newText: crlf(edit.newText) };
}

const LISTED_LINES = 10;

function ambiguous(path: string, text: string, oldText: string): string {
	const lines: number[] = [];
	let count = 0;
	let line = 1;
	let lineEnd = endOfLine(text, 0);
	for (let at = text.indexOf(oldText); at !== -1; at = text.indexOf(oldText, at + 1)) {
		count++;
		for (; lineEnd < at; line++) lineEnd = endOfLine(text, lineEnd + 1);
		if (lines.at(-1) !== line && lines.length <= LISTED_LINES) lines.push(line);
	}
	const listed =
		lines.slice(0, LISTED_LINES).join(', ') + (lines.length > LISTED_LINES ? ', …' : '');
	return (
		`old_string is in ${path} ${count} times (lines ${listed}). ` +
		'Add lines around it until it is unique, or set replace_all.'
	);
}

function endOfLine(text: string, from: number): number {
	const at = text.indexOf('\n', from);
	return at === -1 ? text.length : at;
}

function notFound(path: string, text: string, oldText: string): string {
	const wanted =
		oldText
			.split('\n')
			.find((line) => line.trim() !== '')
			?.trim() ?? '';
	const near = wanted === '' ? null : nearestLine(text, wanted);
	const hint =
		near === null
			? 'No line is similar.'
			: near.same
				? `Line ${near.line} is the same apart from spaces, or what follows it differs: ${near.text}`
				: `The nearest line is ${near.line}: ${near.text}`;
	return `old_string is not in ${path}. ${hint}\nRead the file and copy the text exactly, without line numbers.`;
}

/** Beyond this the search for a similar line stops: the hint is a kindness, not worth a pause. */
const HINT_CHARS = 200_000;
const LINE_CHARS = 200;

function nearestLine(
	text: string,
	wanted: string,
): { line: number; text: string; same: boolean } | null {
	const pairs = pairsOf(wanted.slice(0, LINE_CHARS));
	let best = { line: 0, text: '', score: 0, same: false };
	let line = 0;
	for (const raw of text.slice(0, HINT_CHARS).split('\n')) {
		line++;
		const trimmed = raw.trim();
		const shown = raw.replace(/\r$/, '').slice(0, LINE_CHARS);
		if (trimmed === wanted) return { line, text: shown, same: true };
		const score = similarity(pairs, pairsOf(trimmed.slice(0, LINE_CHARS)));
		if (score > best.score) best = { line, text: shown, score, same: false };
	}
	return best.score >= 0.4 ? best : null;
}

/** Sørensen–Dice over pairs of neighbouring characters, 0 to 1. */
function similarity(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
	let shared = 0;
	for (const [pair, n] of b) shared += Math.min(n, a.get(pair) ?? 0);
	const total = sum(a) + sum(b);
	return total === 0 ? 0 : (2 * shared) / total;
}

function pairsOf(line: string): Map<string, number> {
	const pairs = new Map<string, number>();
	for (let i = 0; i + 1 < line.length; i++) {
		const pair = line.slice(i, i + 2);
		pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
	}
	return pairs;
}

function sum(pairs: ReadonlyMap<string, number>): number {
	let total = 0;
	for (const n of pairs.values()) total += n;
	return total;
}

const fail = (problem: string): EditedText => ({ ok: false, problem });
