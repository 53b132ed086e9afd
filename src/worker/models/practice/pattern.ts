/**
 * A text that a regular expression accepts, for the part of the language that schemas use: literals, classes,
 * escapes, groups, alternatives (the first one is taken) and quantifiers (as few as allowed). Null for anything
 * else, and for what its own check refuses.
 */
export function textFor(pattern: string): string | null {
	try {
		const { text, at } = alternatives(pattern, 0);
		if (at < pattern.length) return null;
		return new RegExp(pattern, 'u').test(text) ? text : null;
	} catch {
		return null;
	}
}

interface Read {
	text: string;
	/** Where reading goes on. */
	at: number;
}

function alternatives(source: string, from: number): Read {
	const first = sequence(source, from);
	let at = first.at;
	while (source[at] === '|') at = sequence(source, at + 1).at;
	return { text: first.text, at };
}

function sequence(source: string, from: number): Read {
	let text = '';
	let at = from;
	while (at < source.length && source[at] !== '|' && source[at] !== ')') {
		const item = atom(source, at);
		const { times, at: after } = quantifier(source, item.at);
		text += item.text.repeat(times);
		at = after;
	}
	return { text, at };
}

function atom(source: string, at: number): Read {
	const char = source[at] ?? '';
	if (char === '^' || char === '$') return { text: '', at: at + 1 };
	if (char === '.') return { text: 'a', at: at + 1 };
	if (char === '\\') return escaped(source, at);
	if (char === '[') return oneOf(source, at);
	if (char === '(') {
		const start = /^\((?:\?:|\?<\w+>)?/.exec(source.slice(at))?.[0] ?? '(';
		if (source.startsWith('(?', at) && start === '(') throw new SyntaxError('look-around');
		const inner = alternatives(source, at + start.length);
		if (source[inner.at] !== ')') throw new SyntaxError('group');
		return { text: inner.text, at: inner.at + 1 };
	}
	return { text: char, at: at + 1 };
}

function escaped(source: string, at: number): Read {
	const char = source[at + 1] ?? '';
	const known: Record<string, string> = {
		d: '1',
		w: 'a',
		s: ' ',
		D: 'a',
		W: '-',
		S: 'a',
		b: '',
		n: '\n',
		t: '\t',
	};
	if (char === 'p' || char === 'P') {
		const end = source.indexOf('}', at);
		return { text: /\\p\{N/.test(source.slice(at, end)) ? '1' : 'a', at: end + 1 };
	}
	return { text: known[char] ?? char, at: at + 2 };
}

function oneOf(source: string, at: number): Read {
	let end = at + 1;
	if (source[end] === '^') end++;
	while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1;
	const set = new RegExp(`^${source.slice(at, end + 1)}$`, 'u');
	const found = [
		...'abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@#+ ~!',
	].find((char) => set.test(char));
	if (found === undefined) throw new SyntaxError('class');
	return { text: found, at: end + 1 };
}

function quantifier(source: string, at: number): { times: number; at: number } {
	const found = /^(?:([?*+])|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at));
	if (!found) return { times: 1, at };
	const [whole, sign, count] = found;
	const times = sign === '+' ? 1 : sign ? 0 : Number(count);
	return { times, at: at + whole.length };
}
