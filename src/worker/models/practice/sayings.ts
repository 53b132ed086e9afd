/** What the practice model says: its thinking, its answers in words, and how a piece of work ends. */
import { documentFor, findingsList, label } from './documents';
import { notesCount, releaseNotes } from './release-notes';
import { review } from './review';
import type { Call } from './scene';
import { isCode, type Work } from './work';
import { capital, listed, lower, pointsOn, sentence, thingsIn } from './wording';

/**
 * A turn's first thought begins with what is asked, the others with what is next: folded, each line tells
 * something else.
 */
export function thinkingFor(work: Work, purpose: string): string {
	const { ask, turn, answers } = work;
	const begins = turn.steps.length === 0 && !turn.goesOn;
	const asked = work.followsUp
		? `Asked next: “${ask.firstSentence}”`
		: `What is asked: “${ask.firstSentence}”`;
	const more = [
		turn.freshlyAdded ? `The person added meanwhile: “${oneLine(turn.freshlyAdded)}”.` : '',
		work.did('ask_user') && turn.steps.at(-1)?.some(({ tool }) => tool === 'ask_user')
			? `The answer I got: “${oneLine(answers.at(-1)?.answer ?? 'none')}”.`
			: '',
		begins && ask.subjects.length > 0 ? `It speaks of ${listed(ask.subjects.slice(0, 4))}.` : '',
		`${sentence(ask, turn.steps.length)}.`,
		`${sentence(ask, turn.steps.length + 3)}.`,
	].filter(Boolean);
	const length = { low: 1, medium: 2, high: 4 }[work.scene.effort ?? 'medium'] ?? 3;
	return [begins ? asked : '', purpose, ...more.slice(0, length)].filter(Boolean).join(' ');
}

/** An answer in words alone, for conversations without tools. */
export function answerInWords(work: Work): string {
	const { ask, topic } = work;
	const things = thingsIn(ask).slice(0, 3);
	const parts = [
		`## ${ask.title}`,
		work.followsUp
			? `This follows on from “${topic.title}”. A real model would go on from what was said before.`
			: `You asked: “${ask.firstSentence}” A real model would answer it here; this script shows how such an answer looks, in your own words.`,
		pointsOn(ask, 3)
			.map((point) => `- ${point}`)
			.join('\n'),
	];
	if (wantsTable.test(work.turn.prompt)) parts.push(tableOf(things));
	const given = ask.code[0];
	if (given) parts.push(`The code you gave:\n\n\`\`\`${given.language}\n${given.text}\`\`\``);
	else if (wantsCode.test(work.turn.prompt)) parts.push(`\`\`\`ts\n${snippet(ask.slug)}\`\`\``);
	parts.push(`Next, ${lower(sentence(ask, things.length))}.`);
	return parts.join('\n\n');
}

const wantsTable = /\bcompare|\bversus\b|\bvs\b|\btable\b|\boptions?\b|\bpros\b/i;
const wantsCode =
	/\b(?:code|function|script|typescript|javascript|python|regex|sql|api|snippet|class|component)\b/i;

function tableOf(words: string[]): string {
	const rows = words.map(
		(word) => `| ${capital(word)} | named in the request | nothing is known yet |`,
	);
	return ['| Option | For it | Against it |', '|---|---|---|', ...rows].join('\n');
}

function snippet(slug: string): string {
	const name = slug
		.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/^\d/, '_$&');
	return `// Scripted example\nexport function ${name}(input: string): string {\n\treturn input.trim();\n}\n`;
}

/** The last words of a turn that worked with tools. */
export function closingWords(work: Work): string {
	const changes = work.calls.filter(({ tool }) => tool === 'write_file' || tool === 'edit_file');
	const done = changes.filter(({ failed }) => !failed);
	const parts =
		work.job === 'review'
			? reviewWords(work, done)
			: work.job === 'release-notes' && !work.followsUp
				? releaseWords(work, done)
				: summaryWords(work, done);
	if (work.answers.length > 0)
		parts.push(`You decided: ${listed(work.answers.map(({ answer }) => `“${oneLine(answer)}”`))}.`);
	if (work.turn.added.length > 0)
		parts.push(`You added: ${listed(work.turn.added.map((text) => `“${oneLine(text)}”`))}.`);
	if (changes.length > 0 && done.length === 0 && work.job !== 'review')
		parts.push(`This is what I would have written:\n\n${documentFor(work)}`);
	return [...parts, label].join('\n\n');
}

function summaryWords(work: Work, done: Call[]): string[] {
	const rows = work.calls.map(
		({ tool, failed }, nth) => `| ${nth + 1} | \`${tool}\` | ${failed ? 'not done' : 'done'} |`,
	);
	const table = ['| Step | Tool | Result |', '|---|---|---|', ...rows].join('\n');
	return ['## Summary', writtenWords(work, done), ...(rows.length > 0 ? [table] : [])];
}

/** Where the notes are, how many there are, and what was left out; not the notes again. */
function releaseWords(work: Work, done: Call[]): string[] {
	const notes = releaseNotes(work.turn.prompt, work.topic);
	const left = notes.left.map((change) => `- ${change}`).join('\n');
	return [
		`## Release notes${notes.version ? ` ${notes.version}` : ''}`,
		`${writtenWords(work, done)} ${notesCount(notes)}`,
		...(left ? [`Left out on purpose, because no reader would notice:\n\n${left}`] : []),
	];
}

/** Whether to merge it first, then what is left by weight, what was mended, and what was not looked at. */
function reviewWords(work: Work, done: Call[]): string[] {
	const grave = work.findings.some(({ severity }) => severity === 'high');
	const verdict = grave
		? 'I would not merge this yet: something in it gives wrong results or opens a door.'
		: work.findings.length > 0
			? 'I would merge this after a few small changes.'
			: 'I would merge this: nothing that a script could find is wrong with it.';
	const mended = done
		.filter(({ tool }) => tool === 'edit_file')
		.map(({ input }) => {
			const path = String(input['path']);
			const title = review(path, String(input['old_string']))[0]?.title ?? 'A change';
			return `- \`${path}\`: ${title}`;
		});
	return [
		...(work.followsUp ? [aboutAsk(work)] : []),
		verdict,
		...(work.findings.length > 0 ? [`## What is left\n\n${findingsList(work)}`] : []),
		...(mended.length > 0 ? [`## What I mended\n\n${mended.join('\n')}`] : []),
		'Not checked: whether it does what it should. A script knows a handful of habits by sight and nothing else.',
	];
}

/** The lines of code that have the words of a later question in them: as far as a script gets with it. */
function aboutAsk({ ask, files }: Work): string {
	const words = ask.keywords.map((word) => word.toLowerCase());
	const lines = [...files]
		.filter(([path]) => isCode(path))
		.flatMap(([path, code]) =>
			(code ?? '')
				.split('\n')
				.map((text, at) => ({ where: `${path}:${at + 1}`, text: text.trim() })),
		)
		.filter(({ text }) => words.some((word) => text.toLowerCase().includes(word)))
		.slice(0, 3)
		.map(({ where, text }) => `- \`${where}\`: \`${oneLine(text).replaceAll('`', "'")}\``);
	return lines.length > 0
		? `“${ask.title}”: this is where the code speaks of it. Whether it is right there, a script can’t tell.\n\n${lines.join('\n')}`
		: `“${ask.title}”: no line of the code has these words, and a script knows no more than words.`;
}

function writtenWords(work: Work, done: Call[]): string {
	const paths = [...new Set(done.map(({ input }) => String(input['path'])))];
	const about = `“${work.topic.title}”`;
	if (paths.length === 0) return `I read about ${about} and changed no file.`;
	const files = listed(paths.map((path) => `\`${path}\``));
	return `For ${about} I wrote ${files}. You find ${paths.length > 1 ? 'them' : 'it'} under Files.`;
}

export const oneLine = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};
