import { Lexer, Tokenizer, type Token, type Tokens } from 'marked';

/** Reference definitions by normalised label; the first one of a label wins. */
export type Links = Lexer['tokens']['links'];

/**
 * Markdown's grammar with three differences, all because agent text is read while it arrives
 * and raw HTML is only ever text:
 * - there are no HTML blocks, so markdown between `<details>` or `<answer>` tags is formatted
 *   and an unclosed `<script>` or `<!--` does not swallow what follows;
 * - an HTML tag within a line does not switch off links or escapes after it;
 * - a definition's title holds no blank line (as in CommonMark), so a definition is settled
 *   at the next blank line instead of never.
 */
class AgentTokenizer extends Tokenizer {
	override html(): undefined {
		return undefined;
	}

	override tag(src: string): Tokens.Tag | undefined {
		const { inLink, inRawBlock } = this.lexer.state;
		const token = super.tag(src);
		Object.assign(this.lexer.state, { inLink, inRawBlock });
		return token;
	}

	override def(src: string): Tokens.Def | undefined {
		const token = super.def(src);
		if (!token || !/\n[ \t]*\n/.test(token.raw.trimEnd())) return token;
		return super.def(src.slice(0, src.search(/\n[ \t]*\n/) + 1));
	}
}

function makeLexer(links: Links): Lexer {
	// Lines stay as they were written (`breaks`), as in a chat; hard-wrapped prose is rare there.
	const lexer = new Lexer({ gfm: true, breaks: true, tokenizer: new AgentTokenizer() });
	Object.assign(lexer.tokens.links, links);
	return lexer;
}

export interface LexedBlocks {
	tokens: Token[];
	/** Reads one run of inline markdown, knowing the definitions met so far. */
	inline: (text: string) => Token[];
	/** The given definitions and those within the text. */
	links: Links;
}

/** @throws RangeError on nesting too deep for the stack */
export function lexBlocks(text: string, links: Links): LexedBlocks {
	const lexer = makeLexer(links);
	const tokens = lexer.blockTokens(text, lexer.tokens);
	return {
		tokens,
		inline: (run) => {
			lexer.state.inRawBlock = false;
			return lexer.inlineTokens(run);
		},
		links: lexer.tokens.links,
	};
}
