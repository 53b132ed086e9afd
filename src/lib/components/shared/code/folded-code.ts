const maxLines = 400;
/** A few endless lines are as much to lay out as many short ones. */
const maxCharacters = 60_000;

/** How much of a long code is shown before the reader asks for all of it. */
export function foldedEnd(code: string): number {
	let end = 0;
	for (let line = 0; line < maxLines; line++) {
		const newline = code.indexOf('\n', end);
		if (newline < 0) {
			end = code.length;
			break;
		}
		end = newline + 1;
	}
	return end > maxCharacters ? maxCharacters : end;
}
