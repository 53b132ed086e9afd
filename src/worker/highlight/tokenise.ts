import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { tokenClasses, type HighlightedCode } from '$lib/domain/markdown/highlight';
import { languageIds, type LanguageId } from '$lib/domain/markdown/languages';
import { grammars } from './grammars';
import { classIndex, tokenTheme } from './token-theme';

let highlighter: Promise<HighlighterCore> | null = null;
const loaded = new Map<LanguageId, Promise<void>>();

/** @returns null for a language without a grammar here */
export async function tokenise(code: string, lang: string): Promise<HighlightedCode | null> {
	const id = languageIds.find((one) => one === lang);
	if (!id) return null;
	highlighter ??= createHighlighterCore({
		themes: [tokenTheme],
		langs: [],
		engine: createJavaScriptRegexEngine({ forgiving: true }),
	});
	const shiki = await highlighter;
	let loading = loaded.get(id);
	if (!loading)
		loaded.set(
			id,
			(loading = grammars[id]().then((grammar) => shiki.loadLanguage(grammar.default))),
		);
	await loading;
	const { tokens } = shiki.codeToTokens(code, {
		lang: id,
		theme: 'token-classes',
		// The first line of a language also makes its expressions: it may take long on a busy
		// machine, and would lose its colours. Who asks gives up in time, see the page's end.
		tokenizeTimeLimit: 0,
	});
	const lengths: number[] = [];
	const classes: number[] = [];
	const add = (length: number, name: number) => {
		if (length === 0) return;
		if (classes.at(-1) === name) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + length;
		else {
			lengths.push(length);
			classes.push(name);
		}
	};
	// Each token says where in the code it begins; what lies between two (line breaks) is plain.
	let end = 0;
	for (const token of tokens.flat()) {
		add(token.offset - end, 0);
		add(token.content.length, classIndex(token.color));
		end = token.offset + token.content.length;
	}
	add(code.length - end, 0);
	return {
		lengths: Uint32Array.from(lengths),
		classes: Uint8Array.from(classes),
		names: tokenClasses,
	};
}
