/**
 * Lines of a prompt that begin with `/practice` tell the practice model to behave in a certain way, so that
 * every trouble a real endpoint can make may be seen without one. They hold for the turn they were said in,
 * until its person lets it go on.
 */
import { currentTurn, type Scene } from './scene';

export type Directive =
	/** Answers with this HTTP status; with `times`, only to the first tries. */
	| { do: 'error'; status: number; retryAfterS: number | null; times: number | null }
	/** Cannot be reached at all. */
	| { do: 'network' }
	/** Tokens a second; null: everything at once. */
	| { do: 'pace'; tokensPerSecond: number | null }
	/** Markdown of about so many tokens. */
	| { do: 'long'; tokens: number }
	/** Falls silent half-way, closes half-way, or sends what is no JSON. */
	| { do: 'stall' | 'cut' | 'malformed' }
	/** Ends with this stop reason; max_tokens in the middle of a tool call, where there are tools. */
	| { do: 'stop'; reason: string }
	/** Calls tools for ever. */
	| { do: 'loop' }
	| { do: 'help' };

export function directivesOf(scene: Scene): Directive[] {
	const { prompt, added, goesOn } = currentTurn(scene);
	// Whoever goes on wants to see how it ends, not the same trouble again.
	if (goesOn) return [];
	const lines = [prompt, ...added].join('\n').matchAll(/^\s*\/practice\b[ \t]*(.*)$/gim);
	return [...lines].map(([, words = '']) => parse(words.trim().toLowerCase().split(/\s+/)));
}

function parse([what = '', ...rest]: string[]): Directive {
	const number = (at: number): number | null => {
		const value = Number(rest[at]?.replace(/^x/, ''));
		return rest[at] !== undefined && Number.isFinite(value) ? value : null;
	};
	switch (what) {
		case 'error': {
			const times = rest.find((word) => /^x\d+$/.test(word));
			const after = rest[1] !== undefined && /^\d+$/.test(rest[1]) ? Number(rest[1]) : null;
			const status = number(0) ?? 529;
			return {
				do: 'error',
				status: status >= 400 && status <= 599 ? status : 529,
				retryAfterS: after,
				times: times ? Number(times.slice(1)) : null,
			};
		}
		case 'slow':
			return { do: 'pace', tokensPerSecond: number(0) || 5 };
		case 'fast':
			return { do: 'pace', tokensPerSecond: number(0) || null };
		case 'long':
			return { do: 'long', tokens: Math.min(number(0) ?? 5_000, 200_000) };
		case 'stop':
			return { do: 'stop', reason: rest[0] ?? 'refusal' };
		case 'network':
		case 'stall':
		case 'cut':
		case 'malformed':
		case 'loop':
			return { do: what };
		default:
			return { do: 'help' };
	}
}

export const helpText = `Practice replies are scripted. A line of the prompt that begins with \`/practice\` shows how Muster copes with trouble:

| Line | What happens |
|---|---|
| \`/practice error 529\` | The call fails with this status: 401, 403, 429, 500, 529, … |
| \`/practice error 429 30\` | The same, asking to wait 30 seconds |
| \`/practice error 529 x2\` | Only the first two tries fail |
| \`/practice network\` | The endpoint can’t be reached |
| \`/practice cut\` | The answer is cut off in the middle |
| \`/practice stall\` | The answer falls silent in the middle |
| \`/practice malformed\` | The answer turns into nonsense in the middle |
| \`/practice stop refusal\` | The answer ends with this stop reason: refusal, max_tokens, pause_turn, … |
| \`/practice loop\` | Tools are called again and again |
| \`/practice long 20000\` | An answer of 20,000 tokens |
| \`/practice slow\`, \`/practice fast\` | Another pace; a number sets tokens a second |
`;
