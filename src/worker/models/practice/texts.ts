/** What the practice model writes: markdown that speaks about the prompt and says what it is. */
import { notesMarkdown, releaseNotes } from './release-notes';
import { readReport } from './triage';
import { capital, listed, sentence } from './wording';
import type { Work } from './work';

export const label =
	'Practice replies are scripted: no model reads this, and nothing leaves your device.';

/** Stands in every written document until it was read again; the script then replaces it. */
export const draftLine = '_Status: draft, not read again yet._';
export const readLine = '_Status: read again once, wording checked._';

export function thinkingFor(work: Work, purpose: string): string {
	const { topic, ask, turn } = work;
	const start = work.followsUp
		? `What is asked now: “${ask.firstSentence}” It follows on from “${topic.title}”.`
		: `What is asked: “${ask.firstSentence}”`;
	const more = [
		`The words that carry it are ${listed(ask.keywords.slice(0, 4))}.`,
		turn.added.length > 0 ? `Meanwhile the person added: “${turn.added.at(-1) ?? ''}”.` : '',
		work.answers.length > 0 ? `The answer I got: “${work.answers.at(-1)?.answer ?? ''}”.` : '',
		`${sentence(work, turn.steps.length)}.`,
	].filter(Boolean);
	const length = { low: 1, medium: 2, high: 4 }[work.scene.effort ?? 'medium'] ?? 3;
	return [start, ...more.slice(0, length), purpose].join(' ');
}

/** The path of what is written for this work. */
export function documentPath(work: Work): string {
	switch (work.job) {
		case 'release-notes':
			return 'RELEASE_NOTES.md';
		case 'review':
			return 'review.md';
		case 'triage':
			return `triage/${work.topic.slug}.md`;
		case 'research':
			return `research/${work.topic.slug}.md`;
		default:
			return `notes/${work.topic.slug}.md`;
	}
}

export function documentFor(work: Work): string {
	const parts = [
		heading(work),
		'',
		'> Scripted practice text, written without a model.',
		'',
		body(work),
	];
	const { added } = work.turn;
	if (work.answers.length > 0) {
		parts.push('', '## What you decided', '');
		parts.push(...work.answers.map(({ question, answer }) => `- ${question} **${answer}**`));
	}
	if (added.length > 0)
		parts.push('', '## What you added', '', ...added.map((text) => `> ${text}`));
	if (work.job !== 'review') parts.push('', draftLine);
	return `${parts.join('\n')}\n`;
}

function heading(work: Work): string {
	if (work.job !== 'release-notes') return `# ${work.topic.title}`;
	const { version } = releaseNotes(work.turn.prompt, work.topic);
	return `# Release notes${version ? ` ${version}` : ''}`;
}

function body(work: Work): string {
	switch (work.job) {
		case 'release-notes':
			return notesBody(work);
		case 'review':
			return reviewBody(work);
		case 'triage':
			return triageBody(work);
		default:
			return notesOn(work);
	}
}

function notesBody(work: Work): string {
	const notes = releaseNotes(work.turn.prompt, work.topic);
	if (notes.groups.length > 0) return notesMarkdown(notes);
	return `No change was listed, so here is the frame to fill for ${listed(work.topic.keywords.slice(0, 2))}:\n\n## Added\n\n- \n\n## Fixed\n\n- `;
}

function reviewBody(work: Work): string {
	const paths = [...work.files.keys()].filter((path) => !path.endsWith('.md'));
	const sections = paths.map((path) => {
		const lines = work.findings
			.filter((finding) => finding.path === path)
			.map(
				({ line, severity, title, why }) =>
					`- **${capital(severity)}**, line ${line}: ${title}. ${why}`,
			);
		const found = lines.join('\n') || 'Nothing that a script could find is left here.';
		return `## \`${path}\`\n\n${found}`;
	});
	return sections.join('\n\n') || notesOn(work);
}

function triageBody(work: Work): string {
	const report = readReport(work.turn.prompt, work.topic.items, work.topic.keywords);
	return [
		`| Field | Value |`,
		`|---|---|`,
		`| Severity | ${report.severity} |`,
		`| Because | ${report.because} |`,
		`| Component | ${report.component} |`,
		`| Version | ${report.version ?? 'not said'} |`,
		`| Environment | ${report.environment ?? 'not said'} |`,
		'',
		'## Still missing',
		'',
		...(report.missing.length > 0 ? report.missing.map((one) => `- ${one}`) : ['Nothing.']),
	].join('\n');
}

function notesOn(work: Work): string {
	const { topic } = work;
	const words = topic.keywords.slice(0, work.scene.effort === 'low' ? 2 : 4);
	return [
		`## The question`,
		'',
		`> ${topic.firstSentence}`,
		...topic.items.map((item) => `> - ${item}`),
		'',
		'## Where to look',
		'',
		...words.map((word, nth) => `${nth + 1}. **${capital(word)}**: ${lower(sentence(work, nth))}.`),
		'',
		'## How sure this is',
		'',
		'| Point | Known | Assumed |',
		'|---|---|---|',
		...words
			.slice(0, 3)
			.map((word) => `| ${capital(word)} | it is in the request | everything else |`),
	].join('\n');
}

/** An answer in words alone, for conversations without tools. */
export function answerInWords(work: Work): string {
	const { ask, topic } = work;
	const words = ask.keywords.slice(0, 3);
	const parts = [
		`## ${ask.title}`,
		work.followsUp
			? `This follows on from “${topic.title}”. The words that are new in it: ${listed(words)}.`
			: `You asked: “${ask.firstSentence}” A real model would answer it here; this script shows how such an answer looks, in your own words.`,
		words
			.map(
				(word, nth) => `- **${capital(word)}**: ${lower(sentence({ ...work, topic: ask }, nth))}.`,
			)
			.join('\n'),
	];
	if (wantsTable.test(work.turn.prompt))
		parts.push(
			[
				'| Option | For it | Against it |',
				'|---|---|---|',
				...words.map(
					(word) => `| ${capital(word)} | named in the request | nothing is known yet |`,
				),
			].join('\n'),
		);
	const given = ask.code[0];
	if (given)
		parts.push(
			`The code you gave, ${given.text.split('\n').length - 1} lines:\n\n\`\`\`${given.language}\n${given.text}\`\`\``,
		);
	else if (wantsCode.test(work.turn.prompt)) parts.push(`\`\`\`ts\n${snippet(ask.slug)}\`\`\``);
	parts.push(`Next, ${lower(sentence({ ...work, topic: ask }, words.length))}.`);
	return parts.join('\n\n');
}

const wantsTable = /\bcompare|\bversus\b|\bvs\b|\btable\b|\boptions?\b|\bpros\b/i;
const wantsCode =
	/\b(?:code|function|script|typescript|javascript|python|regex|sql|api|snippet|class|component)\b/i;

function snippet(slug: string): string {
	const name = slug
		.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/^\d/, '_$&');
	return `// Scripted example\nexport function ${name}(input: string): string {\n\treturn input.trim();\n}\n`;
}

/** The last words of a turn that worked with tools. */
export function summary(work: Work): string {
	const written = work.calls.filter(
		(call) => call.tool === 'write_file' || call.tool === 'edit_file',
	);
	const done = written.filter((call) => !call.failed);
	const paths = [...new Set(done.map((call) => String(call.input['path'])))];
	const refused = work.calls.filter((call) => call.failed);
	const parts = ['## Summary', closing(work, paths)];
	if (work.findings.length > 0)
		parts.push(
			work.findings
				.slice(0, 6)
				.map(({ path, line, title }) => `- \`${path}\`, line ${line}: ${title}`)
				.join('\n'),
		);
	if (work.calls.length > 0)
		parts.push(
			[
				'| Step | Tool | Result |',
				'|---|---|---|',
				...work.calls.map(
					(call, nth) => `| ${nth + 1} | \`${call.tool}\` | ${call.failed ? 'not done' : 'done'} |`,
				),
			].join('\n'),
		);
	if (work.answers.length > 0)
		parts.push(`You decided: ${listed(work.answers.map(({ answer }) => `“${oneLine(answer)}”`))}.`);
	if (work.turn.added.length > 0)
		parts.push(
			`You added on the way: ${listed(work.turn.added.map((text) => `“${oneLine(text)}”`))}.`,
		);
	if (refused.length > 0 && done.length === 0)
		parts.push(`What I would have written:\n\n${documentFor(work)}`);
	parts.push(`${label}`);
	return parts.join('\n\n');
}

function closing(work: Work, paths: string[]): string {
	const about = `“${work.topic.title}”`;
	if (paths.length === 0) return `I read about ${about} and changed no file.`;
	return `For ${about} I wrote ${listed(paths.map((path) => `\`${path}\``))}. You find ${paths.length > 1 ? 'them' : 'it'} under Files.`;
}

export const oneLine = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
