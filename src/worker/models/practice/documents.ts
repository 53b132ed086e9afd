/** The files the practice model writes: markdown that speaks about the prompt and says what it is. */
import { notesMarkdown, releaseNotes } from './release-notes';
import { readReport } from './triage';
import { allCalls } from './scene';
import type { Work } from './work';
import { capital, pointsOn, sentence, thingsIn } from './wording';

export const label =
	'Practice replies are scripted: no model reads this, and nothing leaves your device.';

/** Stands in every written document until it was read again; the script then replaces it. */
export const draftLine = '_Status: draft, not read again yet._';
export const readLine = '_Status: read again once, wording checked._';

/** Where this work is written down: as the agent's instructions or the prompt name it, else by what it is about. */
export function documentPath(work: Work): string {
	const named = namedFile(work);
	if (named) return named;
	switch (work.job) {
		case 'release-notes':
			return 'release-notes.md';
		case 'review':
			return 'review.md';
		case 'triage':
			return `triage/${work.topic.slug}.md`;
		default:
			return `notes/${work.topic.slug}.md`;
	}
}

/** A markdown file that the prompt or the agent's instructions ask for. */
export function namedFile(work: Work): string | null {
	const names = (text: string): string[] =>
		[...text.matchAll(/(?<![\w/:.])[\w<>-][\w<>./-]*\.md\b/g)].map(([name]) => name);
	const all = [...names(work.turn.prompt), ...names(work.scene.system)];
	const { version } = releaseNotes(work.turn.prompt, work.topic);
	const versioned = all.find((name) => name.includes('<version>'));
	if (versioned) return versioned.replace('<version>', version ?? 'next');
	return all.find((name) => !/[<>]|\.\./.test(name)) ?? null;
}

export function documentFor(work: Work): string {
	const parts = [heading(work), '> Scripted practice text, written without a model.', body(work)];
	const { added } = work.turn;
	if (work.answers.length > 0)
		parts.push(
			'## What you decided',
			work.answers.map(({ question, answer }) => `- ${question} **${answer}**`).join('\n'),
		);
	if (added.length > 0)
		parts.push('## What you added', added.map((text) => `> ${text}`).join('\n>\n'));
	if (work.job !== 'review') parts.push(draftLine);
	return `${parts.join('\n\n')}\n`;
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
		case 'triage':
			return triageBody(work);
		case 'review':
			return findingsList(work);
		default:
			return notesOn(work);
	}
}

function notesBody(work: Work): string {
	const markdown = notesMarkdown(releaseNotes(work.turn.prompt, work.topic));
	return markdown || `No change was listed.\n\n## Added\n\n- \n\n## Fixed\n\n- `;
}

const weights = { high: 'Blocker', medium: 'Should fix', low: 'Consider' };

/** What is still wrong in the code, by weight. */
export function findingsList(work: Work): string {
	const saidNo = (line: string): boolean =>
		allCalls(work.scene).some(
			({ tool, input, failed }) => tool === 'edit_file' && failed && input['old_string'] === line,
		);
	const lines = work.findings.map(
		({ path, line, severity, title, why, before }) =>
			`- **${weights[severity]}**, \`${path}:${line}\`: ${title}. ${why}${saidNo(before) ? ' Left as it is: you said no to a change.' : ''}`,
	);
	return lines.join('\n') || 'Nothing that a script could find is left.';
}

function triageBody(work: Work): string {
	const report = readReport(work.turn.prompt, work.topic.items, work.topic.subjects);
	const rows: [string, string][] = [
		['Severity', report.severity],
		['Because', report.because],
		['Area', report.component],
		['Version', report.version ?? 'not said'],
		['Environment', report.environment ?? 'not said'],
	];
	const missing = report.missing.map((one) => `- ${one}`).join('\n') || 'Nothing.';
	const table = rows.map(([field, value]) => `| ${field} | ${value} |`).join('\n');
	return `| Field | Value |\n|---|---|\n${table}\n\n## Still missing\n\n${missing}`;
}

/** The parts notes may have, and what each holds: a person chooses among them. */
export const noteParts = {
	'Where to look': 'One line for each thing the request speaks of',
	'How sure this is': 'What is known, and what is only assumed',
	'Open questions': 'What to find out next, and from whom',
};
type NotePart = keyof typeof noteParts;

export const partsQuestion = 'Which parts should the notes have?';

/** Those the person chose; all where they did not say. */
function partsOf(work: Work): NotePart[] {
	const parts = Object.keys(noteParts) as NotePart[];
	const said = work.answers.find(({ question }) => question === partsQuestion)?.answer ?? '';
	const chosen = parts.filter((part) => said.includes(part));
	return chosen.length > 0 ? chosen : parts;
}

function notesOn(work: Work): string {
	const { topic } = work;
	const count = work.scene.effort === 'low' ? 2 : 4;
	const rows = thingsIn(topic)
		.slice(0, 3)
		.map((thing) => `| ${capital(thing)} | it is in the request | everything else |`);
	const texts: Record<NotePart, string> = {
		'Where to look': pointsOn(topic, count)
			.map((point, nth) => `${nth + 1}. ${point}`)
			.join('\n'),
		'How sure this is': ['| Point | Known | Assumed |', '|---|---|---|', ...rows].join('\n'),
		'Open questions': [count, count + 1].map((nth) => `- ${sentence(topic, nth)}.`).join('\n'),
	};
	return [
		'## The question',
		[topic.firstSentence, ...topic.items.map((item) => `- ${item}`)]
			.map((line) => `> ${line}`)
			.join('\n'),
		...partsOf(work).flatMap((part) => [`## ${part}`, texts[part]]),
	].join('\n\n');
}
