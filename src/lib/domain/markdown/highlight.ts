/**
 * Messages between the page and the highlight worker. Tokens, not markup: the page makes the
 * elements itself.
 */
export interface HighlightRequest {
	id: number;
	code: string;
	lang: string;
}

export interface HighlightReply {
	id: number;
	/** null: the language is not there, or the code is too large or too slow to colour. */
	result: HighlightedCode | null;
}

/** Stretches of the code in order, line breaks included: together they are the whole code. */
export interface HighlightedCode {
	/** Characters of each stretch. */
	lengths: Uint32Array<ArrayBuffer>;
	/** Index into `names` for each stretch. */
	classes: Uint8Array<ArrayBuffer>;
	/** CSS class names; the first is empty: plain text. */
	names: readonly string[];
}

/** Beyond these, colour is not worth its time: tokenising is slow, and spans weigh on layout. */
export const highlightLimits = { characters: 60_000, lineCharacters: 2_000 };

export function isHighlightable(code: string): boolean {
	if (code.length > highlightLimits.characters) return false;
	return code.split('\n').every((line) => line.length <= highlightLimits.lineCharacters);
}

/** Design: one syntax colour, two greys. The rest is the colour of text. */
export const tokenClasses = ['', 't-quiet', 't-faint', 't-name'] as const;
