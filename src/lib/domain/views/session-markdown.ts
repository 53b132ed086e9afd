/** A whole session as a Markdown document, for people and for other programs: what was said, done and came out. */
import { kindOf, type Attachment } from '../attachment';
import { formatBytes, formatDuration } from '../format';
import type { ActorId, By } from '../log/event';
import type { JsonValue } from '../json';
import type { OutputItem, Part, PromptItem, ToolPart, TranscriptItem } from './transcript-items';

export interface MarkdownSession {
	title: string;
	items: readonly TranscriptItem[];
	/** What an actor goes by. */
	nameOf: (actor: ActorId) => string;
}

export function sessionMarkdown({ title, items, nameOf }: MarkdownSession): string {
	const parts = [`# ${oneLine(title)}`];
	let speaker = '';
	for (const item of items) {
		const name = speakerOf(item, nameOf);
		const said = wordsOf(item);
		if (said.length === 0) continue;
		if (name !== null && (name !== speaker || item.kind === 'prompt'))
			parts.push(`## ${oneLine(name)}, ${moment(item.at)}`);
		if (name !== null) speaker = name;
		parts.push(...said);
	}
	return `${parts.join('\n\n')}\n`;
}

/** Null: nobody in particular says it. */
function speakerOf(item: TranscriptItem, nameOf: MarkdownSession['nameOf']): string | null {
	if (item.kind === 'turn') return nameOf(item.actor);
	return item.kind === 'prompt' ? personOf(item.by) : null;
}

function personOf(by: By): string {
	return by.kind === 'person' ? by.name : 'Muster';
}

function wordsOf(item: TranscriptItem): string[] {
	switch (item.kind) {
		case 'prompt':
			return promptWords(item);
		case 'turn':
			if (item.status === 'failed') return [`_${item.failure?.message ?? 'The call failed.'}_`];
			return item.purpose === 'answer' ? item.parts.flatMap(partWords) : [];
		case 'output':
			return outputWords(item);
		case 'hold':
		case 'warning':
			return [`_${item.message}_`];
		case 'failure':
			return [`_${item.failure.message}_`];
		case 'line':
			return item.news.what === 'ended' ? [`_${capital(item.news.status)}._`] : [];
	}
}

function promptWords({ context = [], attachments = [], text }: PromptItem): string[] {
	return [
		...context.map((piece) => `_${oneLine(piece.title)}_\n\n${quoted(piece.text)}`),
		...attachments.map(attachmentWords),
		text.trim(),
	];
}

function attachmentWords(attachment: Attachment): string {
	const head = `_Attached: ${oneLine(attachment.name)}, ${formatBytes(attachment.size)}_`;
	return kindOf(attachment) === 'text' ? `${head}\n\n${fenced(attachment.data, '')}` : head;
}

function partWords(part: Part): string[] {
	switch (part.type) {
		case 'text':
			return part.text.trim() ? [part.text.trim()] : [];
		case 'thinking':
			return part.text.trim() ? [quoted(`Thought:\n\n${part.text.trim()}`)] : [];
		case 'tool':
			return part.tool === null ? [] : [toolWords(part)];
		case 'redacted':
		case 'other':
			return [];
	}
}

function toolWords({ tool, input, ran, status, result }: ToolPart): string {
	const took = result ? `, ${formatDuration(result.ms)}` : '';
	const parts = [`**${tool}** (${status}${took})`, fenced(pretty(ran ?? input), 'json')];
	if (result) parts.push(fenced(result.content, ''));
	return parts.join('\n\n');
}

function outputWords({ raw, value, problems }: OutputItem): string[] {
	const wrong = problems.map(({ at, message }) => `- ${at || 'output'}: ${message}`);
	return [
		'### Output',
		fenced(value === undefined ? raw : pretty(value), 'json'),
		...(wrong.length > 0 ? [`Does not fit the schema:\n\n${wrong.join('\n')}`] : []),
	];
}

const pretty = (value: JsonValue) => JSON.stringify(value, null, 2);
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const quoted = (text: string) => text.replace(/^/gm, '> ');
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A fence is longer than any in what it holds. */
function fenced(text: string, language: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** The same on every device: "2026-07-16 12:26 UTC". */
function moment(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
