/** Lines as an editor counts them: a line break at the very end begins no further line; an empty text has none. */
export function countLines(text: string): number {
	if (text === '') return 0;
	let breaks = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks++;
	return text.endsWith('\n') ? breaks : breaks + 1;
}

export interface Line {
	/** From 1. */
	number: number;
	from: number;
	/** Before the line break. */
	to: number;
}

/** The lines of a text, without copying it. */
export function* linesOf(text: string): Generator<Line> {
	for (let from = 0, number = 1; from < text.length; number++) {
		const end = text.indexOf('\n', from);
		const stop = end === -1 ? text.length : end;
		yield { number, from, to: stop > from && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop };
		from = stop + 1;
	}
}
