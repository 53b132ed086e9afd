/**
 * Shapes of text whose reading is not linear, found by measuring the lexer: one block that can't
 * be split, and containers within containers. Real answers are far from all three.
 */
export const longestTail = 65_536;

const nestedMarkers = /^(?:[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]|\d{1,9}[.)][ \t])){48}/m;
const indentedMarker = /^[ \t]{120,}(?:[-*+]|\d{1,9}[.)])[ \t]/m;

export function isTooDeep(text: string): boolean {
	return text.length > 96 && (nestedMarkers.test(text) || indentedMarker.test(text));
}
