/**
 * What a request to the practice model says: who asked what, what was tried since, and what came of it. Reads
 * the body of `POST /v1/messages` by shape and never throws on one that is odd.
 */
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '$lib/domain/json';

export interface Call {
	tool: string;
	input: JsonObject;
	/** Null while there is none. */
	result: string | null;
	failed: boolean;
}

/** From one word of the person to the next, with what they added on the way. */
export interface Turn {
	prompt: string;
	added: string[];
	/** Something was added after the last answer. */
	freshlyAdded: string | null;
	/** The calls of each answer, oldest first. */
	steps: Call[][];
	/** What was answered in words. */
	texts: string[];
	/** Files that came with the prompt: name and kind. */
	given: string[];
	/** After its last answer the person said no more than to go on: from where it broke off, or beyond its end. */
	goesOn: 'unfinished' | 'finished' | null;
}

export interface Scene {
	model: string;
	system: string;
	effort: string | null;
	thinks: boolean;
	schema: JsonSchema | null;
	tools: ReadonlySet<string>;
	/** Never empty; the last one is going on. */
	turns: Turn[];
	/** The conversation ends with an answer that is to be gone on with. */
	resumes: boolean;
	/** Number of messages; with the seed it makes ids unique within a conversation. */
	length: number;
	/** The whole conversation as text: the seed of all chance. */
	seed: string;
}

export function readScene(body: JsonObject): Scene {
	const messages = listOf(body['messages']).filter(isJsonObject);
	const config = objectOf(body['output_config']);
	const format = objectOf(config['format']);
	const thinking = objectOf(body['thinking'])['type'];
	return {
		model: textOf(body['model']),
		system: wordsIn(body['system']),
		effort: textOf(config['effort']) || null,
		thinks: thinking === 'adaptive' || thinking === 'enabled',
		schema: isJsonObject(format['schema']) ? format['schema'] : null,
		tools: new Set(listOf(body['tools']).map((tool) => textOf(objectOf(tool)['name']))),
		turns: readTurns(messages),
		resumes: messages.at(-1)?.['role'] === 'assistant',
		length: messages.length,
		seed: JSON.stringify([body['model'], body['system'] ?? '', messages]),
	};
}

export const currentTurn = (scene: Scene): Turn => scene.turns.at(-1) ?? newTurn('');

/** Every call of the whole conversation, oldest first. */
export const allCalls = (scene: Scene): Call[] => scene.turns.flatMap(({ steps }) => steps.flat());

const newTurn = (prompt: string): Turn => ({
	prompt,
	added: [],
	freshlyAdded: null,
	steps: [],
	texts: [],
	given: [],
	goesOn: null,
});

/** What the app itself says when a person lets a stopped run go on: no words of the task. */
function nudgeOf(block: JsonObject): Turn['goesOn'] {
	const text = textOf(block['text']).trim();
	if (/^continue\.$/i.test(text)) return 'finished';
	return /^go on\.$|^your last message was cut off at the output limit\b/i.test(text)
		? 'unfinished'
		: null;
}

function readTurns(messages: JsonObject[]): Turn[] {
	const turns: Turn[] = [];
	const open = new Map<string, Call>();
	let working = false;
	for (const message of messages) {
		const blocks = blocksOf(message['content']);
		if (message['role'] === 'assistant') {
			const turn = turns.at(-1);
			if (!turn) continue;
			const calls = blocks.filter((block) => block['type'] === 'tool_use').map(callOf);
			calls.forEach(({ id, call }) => open.set(id, call));
			if (calls.length > 0) turn.steps.push(calls.map(({ call }) => call));
			const text = wordsIn(blocks);
			if (text) turn.texts.push(text);
			turn.freshlyAdded = turn.goesOn = null;
			working = calls.length > 0;
			continue;
		}
		for (const block of blocks) {
			if (block['type'] !== 'tool_result') continue;
			const call = open.get(textOf(block['tool_use_id']));
			if (!call) continue;
			call.result = wordsIn(block['content']);
			call.failed = block['is_error'] === true;
		}
		const given = blocks.flatMap(fileIn);
		const words = blocks.filter((block) => fileIn(block).length === 0);
		const turn = turns.at(-1);
		const said = formInWords(ownWords(wordsIn(words.filter((block) => nudgeOf(block) === null))));
		if (!said) {
			if (turn && !working)
				turn.goesOn = blocks.map(nudgeOf).find((nudge) => nudge !== null) ?? null;
			continue;
		}
		if (working && turn) {
			turn.added.push(said);
			turn.freshlyAdded = said;
		} else turns.push({ ...newTurn(said), given });
	}
	return turns.length > 0 ? turns : [newTurn('')];
}

/** A file that was handed along, by its name where it has one. */
function fileIn(block: JsonObject): string[] {
	const quoted = /^<attachment name="([^"]*)">\n/.exec(textOf(block['text']));
	if (block['type'] === 'text' && quoted) return [`${quoted[1]} (text)`];
	const mediaType = textOf(objectOf(block['source'])['media_type']);
	if (block['type'] === 'image') return [`an image (${mediaType})`];
	return block['type'] === 'document' ? [`${textOf(block['title'])} (${mediaType})`] : [];
}

/** What the person said, without the ticket that was handed along. */
function ownWords(text: string): string {
	return text.replace(/^<ticket name="[^"]*">[\s\S]*?<\/ticket>\s*/, '') || text;
}

/** A filled-in form comes as JSON: as words it is its texts, with their names where those say something. */
function formInWords(text: string): string {
	const [whole, json] = /Input:\s*```json\n([\s\S]*?)\n```/.exec(text) ?? [];
	if (whole === undefined || json === undefined) return text;
	const words = Object.entries(objectOf(parsed(json)))
		.filter(([, value]) => value !== null && value !== '')
		.map(([name, value]) => {
			const said = typeof value === 'string' ? value : JSON.stringify(value);
			return plainNames.has(name) ? said : `${name}: ${said}`;
		});
	return text.replace(whole, () => words.join('\n')).trim();
}

const plainNames = new Set([
	'title',
	'description',
	'report',
	'text',
	'prompt',
	'question',
	'task',
]);

function parsed(json: string): JsonValue {
	try {
		return JSON.parse(json) as JsonValue;
	} catch {
		return null;
	}
}

function callOf(block: JsonObject): { id: string; call: Call } {
	const input = objectOf(block['input']);
	const call: Call = { tool: textOf(block['name']), input, result: null, failed: false };
	return { id: textOf(block['id']), call };
}

function blocksOf(content: JsonValue | undefined): JsonObject[] {
	if (typeof content === 'string') return [{ type: 'text', text: content }];
	return listOf(content).filter(isJsonObject);
}

function wordsIn(content: JsonValue | undefined): string {
	return blocksOf(content)
		.filter((block) => block['type'] === 'text')
		.map((block) => textOf(block['text']))
		.join('\n\n')
		.trim();
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
