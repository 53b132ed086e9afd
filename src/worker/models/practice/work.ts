/** How far the work of the current turn is: everything the script decides by, read off the conversation. */
import type { ToolUse } from './move';
import { fileNameFor, review, type Finding } from './review';
import { codeOf, type Said } from './given-code';
import type { JsonObject } from '$lib/domain/json';
import { allCalls, currentTurn, type Call, type Scene, type Turn } from './scene';
import { topicOf, type Topic } from './topic';

export type Job = 'review' | 'release-notes' | 'triage' | 'research' | 'write' | 'talk';

export interface Work {
	scene: Scene;
	turn: Turn;
	job: Job;
	/** Of the whole task: the first prompt, and where this is a later turn, its own words too. */
	topic: Topic;
	/** Of this turn's prompt alone. */
	ask: Topic;
	followsUp: boolean;
	/** Calls of this turn that have a result. */
	calls: Call[];
	/** The calls of the last answer that did not work. */
	refusals: Call[];
	/** Files as far as they were seen or written, path to content; null where only the name is known. */
	files: Map<string, string | null>;
	/**
	 * What is still wrong in the code among them, for a review; the gravest of each file first. Of the code as it
	 * was given, where it could not be written to a file.
	 */
	findings: (Finding & { path: string })[];
	answers: { question: string; answer: string }[];
	/** True while the tool is offered and was not refused in this turn. */
	can(tool: string): boolean;
	did(tool: string): boolean;
	/** The very same call was refused, in this turn or an earlier one: it is not asked for again. */
	wasRefused(use: ToolUse): boolean;
}

export function workOf(scene: Scene): Work {
	const turn = currentTurn(scene);
	const first = scene.turns[0] ?? turn;
	const followsUp = scene.turns.length > 1;
	const calls = turn.steps.flat();
	const everyCall = allCalls(scene);
	const job = jobOf(scene, first.prompt);
	const files = filesOf(everyCall);
	const topic = topicOf(first.prompt);
	const ask = topicOf([turn.prompt, ...turn.added].join('\n\n'));
	const answers = answersOf(everyCall);
	const refused = new Set(calls.filter((call) => call.failed).map((call) => call.tool));
	return {
		scene,
		turn,
		job,
		topic,
		ask,
		followsUp,
		calls,
		refusals: turn.steps.at(-1)?.filter((call) => call.failed) ?? [],
		files,
		findings:
			job === 'review'
				? findingsIn(hasCode(files) ? files : codeGiven({ topic, ask, answers }, first.prompt))
				: [],
		answers,
		can: (tool) => scene.tools.has(tool) && !refused.has(tool),
		did: (tool) => calls.some((call) => call.tool === tool),
		wasRefused: ({ tool, input }) =>
			everyCall.some((call) => call.failed && call.tool === tool && sameInput(call.input, input)),
	};
}

const sameInput = (one: JsonObject, other: JsonObject): boolean =>
	JSON.stringify(one) === JSON.stringify(other);

export const isCode = (path: string): boolean => !/\.(?:md|txt)$/.test(path);

export const hasCode = (files: Work['files']): boolean => [...files.keys()].some(isCode);

/** The code to review under the name it would get. */
function codeGiven(said: Said, prompt: string): Work['files'] {
	const given = codeOf(said);
	return new Map(given && [[fileNameFor(prompt, said.topic.slug, given), given.text]]);
}

/** By what the agent is told to be, then by what it is asked, then by the rest of its instructions. */
function jobOf(scene: Scene, prompt: string): Job {
	const role = scene.system.slice(0, 160);
	for (const text of [role, prompt, scene.system])
		for (const [job, words] of jobWords) if (words.test(text)) return job;
	if (topicOf(prompt).code.length > 0 && scene.tools.has('edit_file')) return 'review';
	// Without instructions it is a chat: files are written where they are asked for.
	if (!scene.system && !/\b(?:files?|write|draft)\b|\b\w+\.[a-z]{2,5}\b/i.test(prompt))
		return 'talk';
	return scene.tools.has('write_file') ? 'write' : 'talk';
}

const jobWords: [Job, RegExp][] = [
	['release-notes', /release notes?|change ?log/i],
	['triage', /\btriag|bug report/i],
	[
		'review',
		/code review|review(?:s|er|ing)?\b.{0,60}\bcode|\bcode\b.{0,60}\breview|refactor|pull request/i,
	],
	['research', /research|investigat|evidence/i],
];

function findingsIn(files: Work['files']): Work['findings'] {
	return [...files]
		.filter(([path]) => isCode(path))
		.flatMap(([path, code]) => review(path, code ?? '').map((found) => ({ ...found, path })));
}

function filesOf(calls: Call[]): Map<string, string | null> {
	const files = new Map<string, string | null>();
	for (const call of calls) {
		if (call.result === null || call.failed) continue;
		const path = String(call.input['path'] ?? '');
		switch (call.tool) {
			case 'list_files':
				for (const found of pathsIn(call.result)) if (!files.has(found)) files.set(found, null);
				break;
			case 'write_file':
				files.set(path, String(call.input['content'] ?? ''));
				break;
			case 'edit_file':
				files.set(path, edited(files.get(path) ?? null, call));
				break;
			case 'read_file':
				files.set(path, withoutNumbers(call.result));
		}
	}
	return files;
}

/** Paths of a listing, one a line: `notes/a.md (12 lines)`. */
function pathsIn(listing: string): string[] {
	return [...listing.matchAll(/^(\S.*?) \(\d+ lines?\)$/gm)].map(([, path = '']) => path);
}

function edited(content: string | null, call: Call): string | null {
	const before = String(call.input['old_string'] ?? '');
	if (content === null || !before || !content.includes(before)) return content;
	return content.replace(before, () => String(call.input['new_string'] ?? ''));
}

/** Reading shows each line after its number and a tab. */
export function withoutNumbers(shown: string): string {
	const lines = shown.split('\n').filter((line) => !/^\[Lines \d+ to \d+/.test(line));
	if (!lines.every((line) => /^\s*\d+\t/.test(line))) return shown;
	return lines.map((line) => line.replace(/^\s*\d+\t/, '')).join('\n');
}

function answersOf(calls: Call[]): Work['answers'] {
	return calls
		.filter((call) => call.tool === 'ask_user' && call.result !== null && !call.failed)
		.flatMap(({ result }) => pairsIn(result ?? ''))
		.filter(({ answer }) => answer && !/^\(?(?:skipped|the person skipped)/i.test(answer));
}

function pairsIn(text: string): Work['answers'] {
	const pairs = text.matchAll(/^Question: (.*)\nAnswer: ([\s\S]*?)(?=\n\nQuestion: |(?![\s\S]))/gm);
	const found = [...pairs].map(([, question = '', answer = '']) => ({
		question,
		answer: answer.trim(),
	}));
	return found.length > 0 ? found : [{ question: 'What matters?', answer: text.trim() }];
}
