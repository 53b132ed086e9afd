import { isJsonObject, type JsonValue } from '../json';
import type { Question } from '../question';
import type { ToolDefinition } from '../tool';

export const MAX_QUESTIONS = 4;
const MAX_OPTIONS = 12;

/** Has no code that runs: its result is what the person answers. */
export const askUser: ToolDefinition = {
	name: 'ask_user',
	label: 'Ask you questions',
	icon: 'chat',
	description:
		'Asks the person up to four questions and waits for the answers, which can take long. Ask when the answer ' +
		'changes what you do and you cannot find it out yourself; put everything you need to know into one call. ' +
		'Use single or multiple with two or more options where you can name them (the person can always answer in ' +
		'other words), text where you cannot. Set required to false if you can go on without an answer. Do not ask ' +
		'for permission to use a tool: the person is asked for that without you.',
	inputSchema: {
		type: 'object',
		properties: {
			questions: {
				type: 'array',
				minItems: 1,
				maxItems: MAX_QUESTIONS,
				items: {
					type: 'object',
					properties: {
						id: {
							type: 'string',
							minLength: 1,
							maxLength: 60,
							description: 'Your name for the question. Made up if missing.',
						},
						text: { type: 'string', minLength: 1, maxLength: 1000 },
						type: { type: 'string', enum: ['single', 'multiple', 'text'] },
						options: {
							type: 'array',
							maxItems: MAX_OPTIONS,
							description:
								'For single and multiple: what can be chosen, your recommendation first.',
							items: {
								type: 'object',
								properties: {
									label: { type: 'string', minLength: 1, maxLength: 200 },
									description: {
										type: 'string',
										maxLength: 500,
										description: 'What choosing it means.',
									},
								},
								required: ['label'],
								additionalProperties: false,
							},
						},
						required: {
							type: 'boolean',
							description: 'Whether it must be answered. Default true.',
						},
					},
					required: ['text', 'type'],
					additionalProperties: false,
				},
			},
		},
		required: ['questions'],
		additionalProperties: false,
	},
	effect: 'talk',
	repeatable: true,
};

/**
 * The questions of a call, each with an id of its own. Total: what is no question is left out, and a choice
 * without options becomes a question for text, so that it can be answered.
 */
export function parseQuestions(input: JsonValue): Question[] {
	if (!isJsonObject(input) || !Array.isArray(input.questions)) return [];
	// Answers are looked up by id: none may be a name that every object has.
	const taken = new Set(Object.getOwnPropertyNames(Object.prototype));
	return input.questions.slice(0, MAX_QUESTIONS).flatMap((raw, index) => {
		if (!isJsonObject(raw) || typeof raw.text !== 'string') return [];
		const options = parseOptions(raw.options);
		const wanted = raw.type === 'single' || raw.type === 'multiple' ? raw.type : 'text';
		const type = options.length === 0 ? 'text' : wanted;
		const id = freeId(typeof raw.id === 'string' && raw.id ? raw.id : `q${index + 1}`, taken);
		taken.add(id);
		return [
			{
				id,
				text: raw.text,
				type,
				options: type === 'text' ? [] : options,
				required: raw.required !== false,
			},
		];
	});
}

/** Labels stand for the choice in an answer, so each is there once. */
function parseOptions(raw: JsonValue | undefined): Question['options'] {
	if (!Array.isArray(raw)) return [];
	const options = new Map<string, Question['options'][number]>();
	for (const option of raw.slice(0, MAX_OPTIONS)) {
		const { label, description } = isJsonObject(option) ? option : { label: option };
		if (typeof label !== 'string' || label === '' || options.has(label)) continue;
		options.set(label, {
			label,
			...(typeof description === 'string' && description ? { description } : {}),
		});
	}
	return [...options.values()];
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
	let id = wanted;
	for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
	return id;
}
