/**
 * The things a text speaks of, told by the words around them: what follows an article or a preposition is a
 * noun, what stands before an article is mostly a verb. Nothing is better than a wrong guess.
 */

/** In the order they come, without articles, at most six, each at most three words. May be empty. */
export function subjectsIn(prose: string): string[] {
	const found = new Map<string, string>();
	for (const sentence of prose.split(/(?<=[.!?:;])\s+|\n/)) {
		const words = wordsOf(sentence);
		let expected = false;
		for (let at = 0; at < words.length;) {
			const { text } = words[at] ?? { text: '' };
			if (!isContent(text)) {
				const joins = joining.has(text.toLowerCase());
				expected = leading.has(text.toLowerCase()) || (joins && expected);
				at++;
				continue;
			}
			// "Compare tus and …": the order a sentence begins with has its object right behind it.
			if (at === 0 && orders.has(text.toLowerCase())) {
				expected = true;
				at++;
				continue;
			}
			const run = runFrom(words, at);
			// "Export loses rows": what a sentence begins with and a verb follows.
			if (at === 0 && run.findIndex(isVerb) > 0) expected = true;
			const phrase: string | null = expected ? phraseOf(run, words[at + run.length]?.text) : null;
			if (phrase && !found.has(phrase.toLowerCase())) found.set(phrase.toLowerCase(), phrase);
			// A list goes on only where all of the run was its member.
			expected = phrase === run.map((word) => word.text).join(' ') && run.at(-1)?.comma === true;
			at += run.length;
			const next = words[at]?.text.toLowerCase();
			if (phrase && next !== undefined && joining.has(next)) expected = true;
		}
	}
	return [...found.values()].slice(0, 6);
}

interface Word {
	text: string;
	/** A comma follows. */
	comma: boolean;
}

function wordsOf(sentence: string): Word[] {
	return [...sentence.matchAll(/([\p{L}\p{N}](?:[\p{L}\p{N}'’.+#/-]*[\p{L}\p{N}+#])?)(,?)/gu)].map(
		([, text = '', comma]) => ({ text, comma: comma === ',' }),
	);
}

/** Words up to the next small word or comma. */
function runFrom(words: Word[], start: number): Word[] {
	const run: Word[] = [];
	for (const word of words.slice(start)) {
		if (!isContent(word.text)) break;
		run.push(word);
		if (word.comma) break;
	}
	return run;
}

function phraseOf(run: Word[], next: string | undefined): string | null {
	const words = run.map(({ text }) => text);
	// A verb has its object behind it; a plural inside is the end of a noun, or its verb.
	if (next !== undefined && !run.at(-1)?.comma && determiners.has(next.toLowerCase())) words.pop();
	const verb = run.findIndex(isVerb);
	if (verb >= 0) words.length = Math.min(words.length, verb);
	const inner = words.findIndex((word, at) => at < words.length - 1 && /[^siu]s$/.test(word));
	if (inner >= 0) words.length = inner === 0 ? 1 : inner;
	if (words.length === 0 || words.length > 3) return null;
	const last = words.at(-1) ?? '';
	if (/ly$|^\d|\.\d/.test(last) || vague.has(last.toLowerCase()) || last.length < 3) return null;
	return words.join(' ');
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const determiners = setOf(
	'the a an our my your their his her its this that these those some any every each no all both',
);
const leading = new Set([
	...determiners,
	...setOf('which what whose of for between about in on with from into over under against without'),
]);
const joining = setOf('and or versus vs');
const small = new Set([
	...leading,
	...joining,
	...setOf(
		`to at by as is are was were be been being am do does did done have has had can could should would will
		may might must not but if when while where why how who whom then than so because before after until since
		i we you he she it they me us them one also just only very more most much many there here please let let's
		i'm it's don't doesn't can't won't isn't up down out off again still even such via per etc like`,
	),
]);
const isContent = (word: string): boolean => !small.has(word.toLowerCase());

/** Verbs a sentence may begin with, their object next. */
const orders = setOf(
	`compare explain describe review research investigate summarise summarize evaluate assess outline draft
	discuss analyse analyze fix document extend cover`,
);
/** What follows a noun often, and is none. */
const verbs = setOf(
	`suits suit loses lose crashes crash crashed fails fail failed shows show makes make takes take needs need
	works work breaks break happens happen appears appear disappears starts stops opens closes runs goes comes
	gets gives keeps keep stays becomes looks says means wants want uses use used reads writes saves loads
	freezes hangs vanish vanishes returns throws moved opened closed exported lost loses does differs matters
	affects causes helps costs fits wins moves overlaps begins ends`,
);
const isVerb = ({ text }: Word): boolean => verbs.has(text.toLowerCase());

/** Nouns that stand for what is made, not for what it is about. */
const vague = setOf(
	`way ways note notes thing things list summary report part parts lot kind sort something anything nothing
	everything everybody nobody end beginning time times rest other others same first second last next example`,
);
