/** How the filled form of an agent stands in a prompt: what the model reads, and what is left of it for a person. */
import type { JsonValue } from './json';

export function withForm(prompt: string, input: JsonValue | undefined): string {
	if (input === undefined) return prompt;
	return prompt.trim() ? `${prompt}\n\n${formText(input)}` : formText(input);
}

/** The person's own words of a prompt that ends with its form; a form is shown by its fields. */
export function withoutForm(text: string, input: JsonValue | undefined): string {
	if (input === undefined || !text.endsWith(formText(input))) return text;
	return text.slice(0, -formText(input).length).trimEnd();
}

function formText(input: JsonValue): string {
	return `Input:\n\n\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\``;
}
