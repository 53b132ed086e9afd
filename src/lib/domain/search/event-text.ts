/** What of a log can be searched. The title is not here: it is the row's, as it is now. */
import type { JsonValue } from '../json';
import type { SessionEvent } from '../log/event';

/** The words of an event as one text; empty where it has none that are searched. */
export function searchedText(event: SessionEvent): string {
	switch (event.kind) {
		case 'prompt':
			return lines(
				event.text,
				...(event.context ?? []).map(({ title }) => title),
				...(event.attachments ?? []).map(({ name }) => name),
			);
		case 'text':
		case 'thinking':
			return event.text;
		case 'tool-call':
			return lines(event.tool, event.malformed ?? jsonText(event.input));
		case 'tool-result':
			return event.content;
		case 'permission-decided':
			return lines(event.message ?? '', event.input === undefined ? '' : jsonText(event.input));
		case 'question-asked':
			return lines(
				...event.questions.flatMap(({ text, options }) => [
					text,
					...options.flatMap(({ label, description }) => [label, description ?? '']),
				]),
			);
		case 'question-answered':
			return lines(
				...(event.answers ?? []).flatMap(({ chosen, text }) => [...(chosen ?? []), text ?? '']),
			);
		case 'output':
			return event.value === undefined ? event.raw : jsonText(event.value);
		default:
			return '';
	}
}

const lines = (...texts: string[]): string => texts.filter(Boolean).join('\n');

/** Every value after its name, one to a line: written as JSON, a line break would stick to the word after it. */
export function jsonText(value: JsonValue): string {
	const out: string[] = [];
	const rest: [name: string, value: JsonValue][] = [['', value]];
	for (let next = rest.pop(); next; next = rest.pop()) {
		const [name, one] = next;
		if (one !== null && typeof one === 'object') {
			if (name) out.push(name);
			const inside: [string, JsonValue][] = Array.isArray(one)
				? one.map((each) => ['', each])
				: Object.entries(one);
			for (let i = inside.length - 1; i >= 0; i--) rest.push(inside[i] as [string, JsonValue]);
		} else out.push(name ? `${name}: ${one}` : String(one));
	}
	return out.join('\n');
}
