/** Under which words a text is found in the index. */
import { runsOf, type Run } from './runs';

/** Raise it when texts are cut into words otherwise, or others are indexed: every session is then indexed anew. */
export const INDEX_VERSION = 1;

/** Words are cut here, UTF-16 code units: what is longer is found by its beginning, and compared whole later. */
export const WORD_CHARS = 40;

/** May give a word more than once. */
export function* indexWords(text: string): Generator<string> {
	for (const run of runsOf(text)) yield* wordsOfRun(run);
}

function* wordsOfRun({ text, dense, parts }: Run): Generator<string> {
	if (dense) {
		yield* pairs(text);
		// So that its last character begins a word, as the others do.
		yield [...text].at(-1) ?? '';
		return;
	}
	yield cut(text);
	for (const part of parts ?? []) yield cut(part.text);
}

/** The words of the index that a dense run of two characters or more is under: each pair of neighbours. */
export function* pairs(text: string): Generator<string> {
	let before = '';
	for (const character of text) {
		if (before !== '') yield before + character;
		before = character;
	}
}

export function cut(word: string): string {
	return word.slice(0, WORD_CHARS);
}
