import { isJsonObject, type JsonValue } from '../json';
import { pointerTo } from './pointer';

export type ReadJson =
	| {
			ok: true;
			value: JsonValue;
			/** Where the value of a pointer begins. */
			offsets: ReadonlyMap<string, number>;
	  }
	| { ok: false; message: string; offset: number };

class Broken extends Error {
	override name = 'Broken';
	constructor(
		message: string,
		readonly offset: number,
	) {
		super(message);
	}
}

const MAX_DEPTH = 500;

/**
 * Reads JSON as JSON.parse does, and knows where everything stands: engines word their errors differently and few
 * give a position. A field that is there twice is an error here.
 */
export function readJson(text: string): ReadJson {
	const reader = new Reader(text);
	try {
		const value = reader.read();
		return { ok: true, value, offsets: reader.offsets };
	} catch (error) {
		if (error instanceof Broken) return { ok: false, message: error.message, offset: error.offset };
		throw error;
	}
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
	const before = text.slice(0, offset);
	const start = before.lastIndexOf('\n') + 1;
	return { line: before.split('\n').length, column: offset - start + 1 };
}

class Reader {
	readonly offsets = new Map<string, number>();
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	read(): JsonValue {
		const value = this.#value('', 0);
		this.#space();
		if (this.#at < this.#text.length)
			throw this.#broken('There is something after the end of the value.');
		return value;
	}

	#value(pointer: string, depth: number): JsonValue {
		this.#space();
		if (depth > MAX_DEPTH) throw this.#broken('It is nested too deeply.');
		this.offsets.set(pointer, this.#at);
		const char = this.#text[this.#at];
		if (char === '{') return this.#object(pointer, depth);
		if (char === '[') return this.#list(pointer, depth);
		if (char === '"') return this.#string();
		return this.#plain();
	}

	#object(pointer: string, depth: number): JsonValue {
		this.#at++;
		const entries = new Map<string, JsonValue>();
		this.#space();
		if (this.#take('}')) return {};
		do {
			this.#space();
			const from = this.#at;
			if (this.#text[from] !== '"') throw this.#broken(this.#fieldHint());
			const key = this.#string();
			if (entries.has(key)) throw new Broken(`The field "${key}" is there twice.`, from);
			this.#space();
			if (!this.#take(':')) throw this.#broken(`A : is missing after "${key}".`);
			entries.set(key, this.#value(pointerTo(pointer, key), depth + 1));
			this.#space();
		} while (this.#take(','));
		if (!this.#take('}')) throw this.#broken('A , or a } is missing.');
		const value = Object.fromEntries(entries);
		return isJsonObject(value) ? value : {};
	}

	#list(pointer: string, depth: number): JsonValue {
		this.#at++;
		const items: JsonValue[] = [];
		this.#space();
		if (this.#take(']')) return items;
		do items.push(this.#value(pointerTo(pointer, items.length), depth + 1));
		while ((this.#space(), this.#take(',')));
		if (!this.#take(']')) throw this.#broken('A , or a ] is missing.');
		return items;
	}

	#string(): string {
		const from = this.#at;
		for (let at = from + 1; at < this.#text.length; at++) {
			const code = this.#text.charCodeAt(at);
			if (code === 92) at++;
			else if (code < 32)
				throw new Broken(
					'A string goes over the end of the line: a " is missing, or a line break is not written as \\n.',
					from,
				);
			else if (code === 34) {
				this.#at = at + 1;
				return this.#parsed(from, 'This string has an escape that is not valid.');
			}
		}
		throw new Broken('A string has no end: a " is missing.', from);
	}

	#plain(): JsonValue {
		const from = this.#at;
		const word = /[^\s,:[\]{}"]*/y;
		word.lastIndex = from;
		const found = word.exec(this.#text)?.[0] ?? '';
		if (found === '') {
			const char = this.#text[from];
			throw this.#broken(
				char === undefined ? 'It ends too early.' : `A value is missing before ${char}`,
			);
		}
		this.#at += found.length;
		return this.#parsed(
			from,
			`${found.slice(0, 40)} is no JSON value. Strings stand in "double quotes".`,
		);
	}

	#parsed<T extends JsonValue>(from: number, message: string): T {
		try {
			return JSON.parse(this.#text.slice(from, this.#at));
		} catch {
			throw new Broken(message, from);
		}
	}

	#fieldHint(): string {
		const char = this.#text[this.#at];
		if (char === undefined) return 'It ends too early.';
		return char === '}'
			? 'There is a , too many before }.'
			: 'A field name in "double quotes" is missing.';
	}

	#space(): void {
		while (' \n\r\t'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
	}

	#take(char: string): boolean {
		if (this.#text[this.#at] !== char) return false;
		this.#at++;
		return true;
	}

	#broken(message: string): Broken {
		return new Broken(message, this.#at);
	}
}
