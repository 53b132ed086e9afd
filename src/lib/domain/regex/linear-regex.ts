/**
 * Regular expressions whose time grows with the text and never explodes: states of the expression are followed
 * side by side (no backtracking), and sets of states once seen are remembered (a lazy automaton). It answers one
 * question, whether a text contains a match, which is what searching lines and checking patterns need.
 */
import { compile, type Step } from './program';
import { parseRegex, RegexProblem } from './parse';

export interface LinearRegex {
	/** Whether `text` between `from` and `to` contains a match; `^` and `$` stand for that stretch's ends. */
	test(text: string, from?: number, to?: number): boolean;
}

export type CompiledRegex = { ok: true; regex: LinearRegex } | { ok: false; problem: string };

export function linearRegex(source: string, options: { ignoreCase?: boolean } = {}): CompiledRegex {
	try {
		const { steps, start } = compile(parseRegex(source, options.ignoreCase ?? false));
		return { ok: true, regex: new Automaton(steps, start) };
	} catch (error) {
		if (error instanceof RegexProblem) return { ok: false, problem: error.message };
		throw error;
	}
}

/** What stands before or after a position, as far as assertions care. */
type Side = 'edge' | 'word' | 'other';

interface State {
	/** Steps reached, before following forks and assertions: those may depend on the next character. */
	reached: readonly number[];
	before: Side;
	/** Next state by character; absent: not asked yet. `null`: a match ends here. */
	ascii: (State | null | undefined)[];
	others: Map<number, State | null>;
	atEnd: boolean | undefined;
}

/** Remembered states; beyond it everything is forgotten and found again, so memory stays bounded. */
const MAX_STATES = 500;

class Automaton implements LinearRegex {
	readonly #steps: readonly Step[];
	readonly #start: number;
	readonly #states = new Map<string, State>();
	readonly #chars = new Map<Step, Map<number, boolean>>();

	constructor(steps: readonly Step[], start: number) {
		this.#steps = steps;
		this.#start = start;
	}

	test(text: string, from = 0, to = text.length): boolean {
		let state = this.#state([], 'edge');
		for (let at = from; at < to; at++) {
			let code = text.charCodeAt(at);
			if (code >= 0xd800 && code <= 0xdbff && at + 1 < to) {
				code = text.codePointAt(at) ?? code;
				if (code > 0xffff) at++;
			}
			const known = code < 128 ? state.ascii[code] : state.others.get(code);
			const next = known === undefined ? this.#next(state, code) : known;
			if (next === null) return true;
			state = next;
		}
		return (state.atEnd ??= this.#follow(state, 'edge') === null);
	}

	#next(state: State, code: number): State | null {
		const char = String.fromCodePoint(code);
		const side = /\w/.test(char) ? 'word' : 'other';
		const open = this.#follow(state, side);
		let next: State | null = null;
		if (open !== null) {
			const reached = new Set<number>();
			for (const step of open) if (this.#takes(step, code, char)) reached.add(step.to);
			next = this.#state(
				[...reached].sort((a, b) => a - b),
				side,
			);
		}
		if (code < 128) state.ascii[code] = next;
		else if (state.others.size < 1_000) state.others.set(code, next);
		return next;
	}

	/** The steps that wait for a character here, or `null` when a match ends here. A match may begin anywhere. */
	#follow(state: State, after: Side): (Step & { is: 'take' })[] | null {
		const open: (Step & { is: 'take' })[] = [];
		const seen = new Set<number>();
		const todo = [...state.reached, this.#start];
		for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
			const step = this.#steps[index];
			if (!step || seen.has(index)) continue;
			seen.add(index);
			if (step.is === 'match') return null;
			if (step.is === 'take') open.push(step);
			else if (step.is === 'fork') todo.push(...step.to);
			else if (holds(step.kind, state.before, after)) todo.push(step.to);
		}
		return open;
	}

	#takes(step: Step & { is: 'take' }, code: number, char: string): boolean {
		let known = this.#chars.get(step);
		if (!known) this.#chars.set(step, (known = new Map()));
		let takes = known.get(code);
		if (takes === undefined) {
			if (known.size > 1_000) known.clear();
			known.set(code, (takes = step.atom.test(char)));
		}
		return takes;
	}

	#state(reached: readonly number[], before: Side): State {
		const key = `${before}:${reached.join()}`;
		let state = this.#states.get(key);
		if (!state) {
			if (this.#states.size >= MAX_STATES) this.#forget();
			state = { reached, before, ascii: [], others: new Map(), atEnd: undefined };
			this.#states.set(key, state);
		}
		return state;
	}

	/** States also point at each other, so those links go too. */
	#forget(): void {
		for (const state of this.#states.values()) {
			state.ascii = [];
			state.others.clear();
		}
		this.#states.clear();
	}
}

function holds(kind: (Step & { is: 'assert' })['kind'], before: Side, after: Side): boolean {
	switch (kind) {
		case 'start':
			return before === 'edge';
		case 'end':
			return after === 'edge';
		case 'word':
			return (before === 'word') !== (after === 'word');
		case 'not-word':
			return (before === 'word') === (after === 'word');
	}
}
