/**
 * The longest text of one block that can't be split, characters, and (below) how deep containers
 * may stand within containers: shapes of text whose reading takes more than a frame,
 * found by measuring the lexer. Real answers are far from both.
 */
export const longestTail = 32_768;

const nestedMarkers = /^(?:[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])){48}/m;
const indentedMarker = /^[ \t]{120,}(?:[-*+]|\d{1,9}[.)])[ \t]/m;

export function isTooDeep(text: string): boolean {
	return text.length > 96 && (nestedMarkers.test(text) || indentedMarker.test(text));
}
