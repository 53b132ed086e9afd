import { subjectsIn } from './subjects';

/** What a text is about, as far as counting words can tell. */
export interface Topic {
	/** A heading, at most 70 characters, first letter capital. */
	title: string;
	/** For file names: `a-few-words`. */
	slug: string;
	/** The first sentence, whole. */
	firstSentence: string;
	/** Words that carry meaning, the most used first, then in the order they came. Never empty. */
	keywords: [string, ...string[]];
	/** The things it speaks of, fit to stand in a sentence; empty where its grammar does not show them. */
	subjects: string[];
	sentences: string[];
	/** Lines that were written as a list, without their bullets. */
	items: string[];
	/** Fenced code, and text that is code for the most part. */
	code: { language: string; text: string }[];
}

export function topicOf(whole: string): Topic {
	const text = whole.slice(0, mostChars);
	const code = codeIn(text);
	const prose = text.replace(fence, '\n').replace(/^\s*\/practice\b.*$/gim, '');
	const lines = prose.split('\n').map((line) => line.trim());
	const items = lines
		.filter((line) => bullet.test(line))
		.map((line) => clipped(line.replace(bullet, '').trim()))
		.filter(Boolean)
		.slice(0, 300);
	const sentences = lines
		.filter((line) => line && !bullet.test(line))
		.flatMap((line) => line.replace(/^#+\s*/, '').split(/(?<=[.!?])\s+/))
		.map((sentence) => clipped(sentence.trim()))
		.filter(Boolean)
		.slice(0, 300);
	const firstSentence = sentences[0] ?? items[0] ?? 'An empty request';
	const keywords = keywordsIn(prose);
	const subjects = subjectsIn(prose);
	return {
		title: titleFrom(firstSentence),
		slug: slugOf((subjects.length > 0 ? subjects.slice(0, 2) : keywords.slice(0, 4)).join(' ')),
		firstSentence,
		keywords,
		subjects,
		sentences,
		items,
		code,
	};
}

/** Of a very long text only its beginning is looked at, and of a very long sentence only its beginning said. */
const mostChars = 200_000;
const clipped = (text: string): string => (text.length > 400 ? `${text.slice(0, 399)}…` : text);

export function slugOf(text: string): string {
	const slug = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 48)
		.replace(/-+$/, '');
	return slug || 'notes';
}

const fence = /```([\w.+#-]*)[^\n]*\n([\s\S]*?)(?:```|$)/g;
const bullet = /^(?:[-*•+]|\d{1,3}[.)])\s+/;

function codeIn(text: string): Topic['code'] {
	const fenced = [...text.matchAll(fence)].map(([, language = '', body = '']) => ({
		language: language.toLowerCase(),
		text: body.replace(/\s+$/, '\n'),
	}));
	if (fenced.length > 0) return fenced;
	const lines = text.split('\n').filter((line) => line.trim());
	const codeLike = lines.filter((line) =>
		/[;{}]\s*$|^\s*(?:function|const|let|var|class|import|export|def|return|if\s*\(|for\s*\(|#include)\b/.test(
			line,
		),
	);
	return lines.length >= 3 && codeLike.length * 2 > lines.length
		? [{ language: '', text: `${text.trim()}\n` }]
		: [];
}

function titleFrom(sentence: string): string {
	const plain = sentence
		.replace(
			/^(?:please|could you|can you|would you|i want you to|i need you to|help me(?: to)?)\s+/i,
			'',
		)
		.replace(/[.!?:;,\s]+$/, '');
	const short = plain.length > 70 ? `${plain.slice(0, 70).replace(/\s+\S*$/, '')}…` : plain;
	return short.charAt(0).toUpperCase() + short.slice(1);
}

function keywordsIn(prose: string): [string, ...string[]] {
	const counts = new Map<string, { word: string; count: number }>();
	for (const [word] of prose.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’.+#-]*[\p{L}\p{N}+#]|[\p{L}]/gu)) {
		const key = word.toLowerCase();
		if (key.length < 3 || key.length > 40 || common.has(key) || /^\d+$/.test(key)) continue;
		const known = counts.get(key);
		if (known) known.count++;
		else counts.set(key, { word, count: 1 });
	}
	// Sorting is stable: equally frequent words stay in the order they came.
	const [first, ...rest] = [...counts.values()]
		.sort((one, other) => other.count - one.count)
		.map(({ word }) => word);
	return first === undefined ? ['request'] : [first, ...rest];
}

const common = new Set(
	`the and for are but not you all any can her was one our out his has had how its may new now old see two way who did get let put say she too use that this with have from they will your what when where which while would there their them then than been were said each does more most other some such only over also into just like make made want need could should about after before because between both down during here please help tell give show look using used very much many well still even same these those being upon without within through again once per via etc i'm it's don't me my we us is it in on at to of or an as be by if so no do up go he a research review write written explain compare summary summarise summarize answer create find using keep short long good`.split(
		/\s+/,
	),
);
