/** One character the expression takes: `test` is asked once per distinct character, the answers are kept. */
export interface Atom {
	test(char: string): boolean;
}

export type RegexNode =
	| { is: 'atom'; atom: Atom }
	| { is: 'sequence'; parts: RegexNode[] }
	| { is: 'choice'; options: RegexNode[] }
	/** `max` null: without end. */
	| { is: 'repeat'; node: RegexNode; min: number; max: number | null }
	| { is: 'assert'; kind: Assertion };

export type Assertion = 'start' | 'end' | 'word' | 'not-word';

/** Why an expression is not taken, as a sentence. */
export class RegexProblem extends Error {
	override name = 'RegexProblem';
}

const MAX_SOURCE_CHARS = 2_000;
const MAX_DEPTH = 60;

/**
 * Reads a regular expression of JavaScript syntax (Unicode mode, but tolerant of needless backslashes).
 * Look-around and back-references are refused: they are what linear time cannot have.
 */
export function parseRegex(source: string, ignoreCase: boolean): RegexNode {
	if (source.length > MAX_SOURCE_CHARS)
		throw new RegexProblem(`The expression has more than ${MAX_SOURCE_CHARS} characters.`);
	const inline = source.startsWith('(?i)');
	return new Parser(inline ? source.slice(4) : source, ignoreCase || inline).parse();
}

class Parser {
	readonly #chars: string[];
	readonly #flags: string;
	#at = 0;
	#depth = 0;

	constructor(source: string, ignoreCase: boolean) {
		this.#chars = [...source];
		this.#flags = ignoreCase ? 'iu' : 'u';
	}

	parse(): RegexNode {
		const node = this.#choice();
		if (this.#at < this.#chars.length) throw new RegexProblem('There is a ) without its (.');
		return node;
	}

	#peek(offset = 0): string | undefined {
		return this.#chars[this.#at + offset];
	}

	#take(text: string): boolean {
		const chars = [...text];
		if (!chars.every((char, i) => this.#peek(i) === char)) return false;
		this.#at += chars.length;
		return true;
	}

	#choice(): RegexNode {
		const options = [this.#sequence()];
		while (this.#take('|')) options.push(this.#sequence());
		return options.length === 1 && options[0] ? options[0] : { is: 'choice', options };
	}

	#sequence(): RegexNode {
		const parts: RegexNode[] = [];
		for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')';) {
			parts.push(this.#quantified(this.#term()));
			next = this.#peek();
		}
		return { is: 'sequence', parts };
	}

	#term(): RegexNode {
		if (this.#take('(')) return this.#group();
		if (this.#take('^')) return { is: 'assert', kind: 'start' };
		if (this.#take('$')) return { is: 'assert', kind: 'end' };
		if (this.#take('\\b')) return { is: 'assert', kind: 'word' };
		if (this.#take('\\B')) return { is: 'assert', kind: 'not-word' };
		const first = this.#peek() ?? '';
		if ('*+?'.includes(first))
			throw new RegexProblem(`There is nothing before ${first} to repeat.`);
		if (first === '[') return this.#class();
		if (first === '\\') return this.#atom(this.#escape(false));
		this.#at++;
		return first === '.' ? this.#atom('.') : this.#literal(first);
	}

	#group(): RegexNode {
		for (const kind of ['?=', '?!', '?<=', '?<!'])
			if (this.#take(kind)) throw new RegexProblem(`Look-around, (${kind}…), is not supported.`);
		if (this.#take('?<')) {
			while (this.#peek() !== '>' && this.#peek() !== undefined) this.#at++;
			this.#at++;
		} else if (!this.#take('?:') && this.#peek() === '?') {
			throw new RegexProblem('A group begins with (? in a way that is not supported.');
		}
		if (++this.#depth > MAX_DEPTH)
			throw new RegexProblem(`Groups are nested more than ${MAX_DEPTH} deep.`);
		const node = this.#choice();
		this.#depth--;
		if (!this.#take(')')) throw new RegexProblem('There is a ( without its ).');
		return node;
	}

	#quantified(node: RegexNode): RegexNode {
		const range = this.#quantifier();
		if (!range) return node;
		this.#take('?');
		if (this.#quantifier()) throw new RegexProblem('Two quantifiers follow each other.');
		if (range.max !== null && range.max < range.min)
			throw new RegexProblem(`The range {${range.min},${range.max}} is the wrong way round.`);
		return { is: 'repeat', node, ...range };
	}

	#quantifier(): { min: number; max: number | null } | null {
		if (this.#take('*')) return { min: 0, max: null };
		if (this.#take('+')) return { min: 1, max: null };
		if (this.#take('?')) return { min: 0, max: 1 };
		if (this.#peek() !== '{') return null;
		const found = /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(
			this.#chars.slice(this.#at, this.#at + 13).join(''),
		);
		if (!found) return null;
		this.#at += found[0].length;
		const min = Number(found[1]);
		if (!found[2]) return { min, max: min };
		return { min, max: found[3] ? Number(found[3]) : null };
	}

	#class(): RegexNode {
		let source = '[';
		this.#at++;
		while (this.#peek() !== ']') {
			const next = this.#peek();
			if (next === undefined) throw new RegexProblem('There is a [ without its ].');
			if (next === '\\') source += this.#escape(true);
			else {
				source += next;
				this.#at++;
			}
		}
		this.#at++;
		return this.#atom(`${source}]`);
	}

	/** The escape that stands here, in the form Unicode mode takes. */
	#escape(inClass: boolean): string {
		const rest = this.#chars.slice(this.#at, this.#at + 40).join('');
		const found =
			/^\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|[pP]\{[\w=]{1,30}\}|[dDsSwWfnrtv]|0(?!\d))/i.exec(
				rest,
			)?.[0];
		if (found && /^\\[dDsSwWfnrtvxucpP0]/.test(found)) {
			this.#at += found.length;
			return found;
		}
		const char = this.#peek(1);
		if (char === undefined) throw new RegexProblem('The expression ends with a backslash.');
		if (/[1-9k]/.test(char))
			throw new RegexProblem(`Back-references, \\${char}, are not supported.`);
		if (inClass && char === 'b') {
			this.#at += 2;
			return '\\b';
		}
		if (/[a-z0]/i.test(char)) throw new RegexProblem(`\\${char} has no meaning here.`);
		this.#at += 2;
		return /[\^$\\.*+?()[\]{}|/-]/.test(char) && (inClass || char !== '-') ? `\\${char}` : char;
	}

	#literal(char: string): RegexNode {
		return this.#atom(/[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char);
	}

	/** Single characters are left to the engine's own matcher: one character cannot backtrack. */
	#atom(source: string): RegexNode {
		try {
			const pattern = new RegExp(`^${source}$`, this.#flags);
			return { is: 'atom', atom: { test: (char) => pattern.test(char) } };
		} catch {
			throw new RegexProblem(`${source} is not a valid character or class.`);
		}
	}
}
