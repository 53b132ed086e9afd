/** Rows of a long text, so that only those near the reader's eyes are laid out. */

/** Longer lines are cut into several rows, UTF-16 units: one endless line costs as much as a thousand. */
export const ROW_CHARS = 1000;
/** Beyond this a browser draws no taller box. */
export const MOST_ROWS = 800_000;

export interface RowIndex {
	/** Where each row begins, and last where the text shown ends. */
	starts: Uint32Array;
	rows: number;
	/** Characters beyond the last row that are not shown. */
	left: number;
}

export function indexRows(text: string): RowIndex {
	let starts = new Uint32Array(1024);
	let rows = 0;
	let at = 0;
	while (rows < MOST_ROWS && (at < text.length || rows === 0)) {
		if (rows + 1 >= starts.length) {
			const larger = new Uint32Array(starts.length * 2);
			larger.set(starts);
			starts = larger;
		}
		starts[rows++] = at;
		const newline = text.indexOf('\n', at);
		const end = newline === -1 ? text.length : newline + 1;
		at = end - at > ROW_CHARS ? at + ROW_CHARS : end;
	}
	starts[rows] = at;
	return { starts: starts.slice(0, rows + 1), rows, left: text.length - at };
}

/** The rows from `from` up to and without `to`, each ended by one line break. */
export function rowsText(
	text: string,
	{ starts, rows }: RowIndex,
	from: number,
	to: number,
): string {
	const lines: string[] = [];
	for (let row = Math.max(0, from); row < Math.min(rows, to); row++) {
		const line = text.slice(starts[row], starts[row + 1]);
		lines.push(line.endsWith('\n') ? line.slice(0, -1) : line);
	}
	return lines.join('\n');
}
