/** A request for permission while a person corrects it. Loaded with the editor: checking schemas weighs something. */
import { fileCall } from '$lib/domain/files-change';
import { hasHidden } from '$lib/domain/hidden-characters';
import { isJsonObject, type JsonValue } from '$lib/domain/json';
import { validate } from '$lib/domain/schema/validate';
import { toolNamed } from '$lib/domain/tools/catalogue';

/** A text of a call that can be corrected by itself. */
export interface RequestField {
	name: string;
	label: string;
	/** More than one line of it. */
	long: boolean;
}

const field = (name: string, label: string, long = true): RequestField => ({ name, label, long });
const fields: Record<string, RequestField[]> = {
	write_file: [field('path', 'Path', false), field('content', 'Content to write')],
	edit_file: [
		field('path', 'Path', false),
		field('old_string', 'Text to replace'),
		field('new_string', 'Text to put in'),
	],
};

/** What can be corrected text by text; empty where the input is edited as JSON. */
export function requestFields(tool: string, input: JsonValue): RequestField[] {
	const all = fields[tool] ?? [];
	const fits = isJsonObject(input) && all.every(({ name }) => typeof input[name] === 'string');
	return fits ? all : [];
}

/** Why an input cannot be allowed as it stands; null when it can. */
export function inputProblem(
	tool: string,
	input: JsonValue,
	files: ReadonlyMap<string, string>,
): string | null {
	if (!isJsonObject(input)) return 'The input of a tool must be a JSON object';
	const definition = toolNamed(tool);
	const [problem] = definition ? validate(definition.inputSchema, input) : [];
	if (problem) return `${problem.at || 'input'}: ${problem.message}`;
	if (definition?.effect !== 'edit') return null;
	const call = fileCall(tool, input, files);
	return call.ok ? null : call.problem;
}

/** The lines of a text that hold something unseen, at most so many. */
export function linesWithHidden(text: string, most = 20): string {
	const found: string[] = [];
	for (const line of text.split('\n')) {
		if (found.length === most) break;
		if (hasHidden(line)) found.push(line);
	}
	return found.join('\n');
}
