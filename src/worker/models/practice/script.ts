/**
 * What the practice model does next. Pure: the same conversation gives the same reply. Each move looks at what
 * was done in this turn and either says and does something or passes; the first that doesn't pass is the reply.
 */
import type { JsonObject } from '$lib/domain/json';
import { instanceOf } from './instance';
import { fileNameFor, sampleCode } from './review';
import type { Scene } from './scene';
import {
	answerInWords,
	documentFor,
	documentPath,
	draftLine,
	label,
	oneLine,
	readLine,
	summary,
	thinkingFor,
} from './texts';
import { capital, listed, sentence, wordingFor } from './wording';
import { workOf, type Work } from './work';

export interface ToolUse {
	tool: string;
	input: JsonObject;
}

export interface Reply {
	thinking: string | null;
	text: string;
	uses: ToolUse[];
}

/** What a move says and does; `purpose` is its line of thinking. */
interface Move {
	purpose: string;
	text: string;
	uses: ToolUse[];
}

/** Calls after which a turn is brought to its end, whatever is left to do. */
const enough = 14;

export function replyTo(scene: Scene): Reply {
	const work = workOf(scene);
	const move = scene.resumes ? resumed(work) : nextMove(work);
	const firstWords = scene.turns.length === 1 && work.turn.texts.length === 0;
	const isData = scene.schema !== null && move.uses.length === 0;
	const text = [
		firstWords && !isData && !move.text.includes(label) ? label : '',
		isData ? '' : reactions(work),
		move.text,
	]
		.filter(Boolean)
		.join('\n\n');
	const thinking = thinkingFor(work, move.purpose);
	return {
		thinking: scene.thinks ? (isData && firstWords ? `${label} ${thinking}` : thinking) : null,
		text,
		uses: move.uses,
	};
}

const moves: ((work: Work) => Move | null)[] = [
	open,
	ask,
	gather,
	produce,
	check,
	improve,
	closePlan,
];

function nextMove(work: Work): Move {
	const halted = /^\s*(?:please )?(?:stop|enough|finish|halt|that’s enough|that's enough)\b/i.test(
		work.turn.added.at(-1) ?? '',
	);
	if (work.scene.tools.size > 0 && !halted && work.calls.length < enough) {
		for (const move of moves) {
			const found = move(work);
			if (found) return found;
		}
	}
	return finish(work);
}

/** What came back since the last answer that deserves a word. */
function reactions(work: Work): string {
	const words = work.refusals.map(
		(call) => `\`${call.tool}\` was not done: “${oneLine(call.result ?? '')}”. I go on without it.`,
	);
	const { freshlyAdded } = work.turn;
	if (freshlyAdded) words.push(`You added: “${oneLine(freshlyAdded)}”. I take that in.`);
	return words.join('\n\n');
}

function open(work: Work): Move | null {
	if (work.calls.length > 0) return null;
	const uses: ToolUse[] = [];
	if (work.can('update_plan') && !work.followsUp) uses.push(planUse(work, 1));
	if (work.can('list_files')) uses.push({ tool: 'list_files', input: {} });
	if (uses.length === 0) return null;
	return {
		purpose: 'First I look at what is there and make a plan.',
		text: work.followsUp
			? `I see what is there and then turn to “${work.ask.title}”.`
			: `I start with **${work.topic.title}**: a plan, and a look at the files of this session.`,
		uses,
	};
}

function ask(work: Work): Move | null {
	if (!work.can('ask_user') || work.did('ask_user') || work.followsUp) return null;
	const told = /\bask(?:s|ing)?\b|question|clarif/i.test(work.scene.system);
	const vague = work.topic.keywords.length < 12 && work.topic.items.length === 0;
	const nothingToReview = work.job === 'review' && codeOf(work) === null && work.files.size === 0;
	if (!told && !vague && !nothingToReview) return null;
	return {
		purpose: 'One thing changes what I write, so I ask before I begin.',
		text: 'Before I write anything, one question.',
		uses: [{ tool: 'ask_user', input: { questions: questionsFor(work) } }],
	};
}

function questionsFor(work: Work): JsonObject[] {
	const [first, second] = work.topic.keywords;
	const choice = (id: string, text: string, options: [string, string][]): JsonObject => ({
		id,
		text,
		type: 'single',
		options: options.map(([name, description]) => ({ label: name, description })),
		required: true,
	});
	const anything: JsonObject = {
		id: 'more',
		text: `Anything else I should know about ${first}?`,
		type: 'text',
		required: false,
	};
	switch (work.job) {
		case 'review':
			return [
				choice('focus', 'What should the review look for first?', [
					['Mistakes', 'What gives wrong results or breaks'],
					['Safety', 'What others could misuse'],
					['Readability', 'What a newcomer would stumble over'],
				]),
				anything,
			];
		case 'release-notes':
			return [
				choice('audience', 'Who reads the release notes?', [
					['Users', 'What they will notice, in plain words'],
					['Developers', 'What changed for those who build on it'],
				]),
				anything,
			];
		case 'triage':
			return [
				choice('reach', `How many people does the problem with ${first} reach?`, [
					['Everybody', 'It happens to all who use it'],
					['Some', 'It happens under certain conditions'],
					['One report', 'Nobody else has said so yet'],
				]),
				anything,
			];
		default:
			return [
				choice(
					'focus',
					`What matters most to you about ${listed(work.topic.keywords.slice(0, 2))}?`,
					[
						[capital(first), `Everything is seen from ${first}`],
						...(second
							? [[capital(second), `Everything is seen from ${second}`] as [string, string]]
							: []),
						['An overview', 'A little of everything, nothing in depth'],
					],
				),
				anything,
			];
	}
}

function gather(work: Work): Move | null {
	// What this turn wrote itself needs no looking for.
	if (work.did('write_file') || work.files.size === 0) return null;
	const unread = [...work.files].filter(([, content]) => content === null).map(([path]) => path);
	const uses: ToolUse[] = [];
	if (work.can('read_file') && !work.did('read_file'))
		uses.push(...unread.slice(0, 3).map((path) => ({ tool: 'read_file', input: { path } })));
	if (work.can('search_files') && !work.did('search_files'))
		uses.push({ tool: 'search_files', input: { query: work.ask.keywords[0] } });
	if (uses.length === 0) return null;
	return {
		purpose: 'There are files already, so I read before I write.',
		text: `There ${work.files.size === 1 ? 'is a file' : `are ${work.files.size} files`} already. I read what belongs to this.`,
		uses,
	};
}

function produce(work: Work): Move | null {
	if (work.job === 'review' && !work.followsUp)
		return produceCode(work) ?? mend(work) ?? report(work);
	if (work.followsUp && work.files.size > 0) return extend(work);
	if (work.job === 'triage' && work.scene.schema) return null;
	return report(work);
}

/** The code of the prompt becomes a file, so that its changes can be seen as changes. */
function produceCode(work: Work): Move | null {
	const hasCode = [...work.files.keys()].some((path) => !path.endsWith('.md'));
	if (!work.can('write_file') || hasCode) return null;
	const given = codeOf(work);
	const path = given ? fileNameFor(work.topic.slug, given) : `src/${work.topic.slug}.js`;
	const content = given?.text ?? sampleCode(work.topic.title);
	return {
		purpose: given
			? 'The code goes into a file first.'
			: 'No code was given: a sample stands in for it.',
		text: given
			? `I put the code you gave into \`${path}\`, so that every change shows as a change.`
			: `There is no code to review, so I write a sample to \`${path}\` and review that.`,
		uses: [{ tool: 'write_file', input: { path, content } }],
	};
}

/** The code in the prompt or in an answer. */
function codeOf(work: Work): { language: string; text: string } | null {
	return work.topic.code[0] ?? work.ask.code[0] ?? null;
}

function mend(work: Work): Move | null {
	const edits = work.calls.filter(({ tool }) => tool === 'edit_file').length;
	if (!work.can('edit_file') || edits >= 2) return null;
	for (const { path, line, title, why, before, after } of work.findings) {
		if (after === undefined || work.files.get(path)?.split(before).length !== 2) continue;
		return {
			purpose: `Line ${line} can be mended at once.`,
			text: `**${title}**, line ${line} of \`${path}\`. ${why}`,
			uses: [{ tool: 'edit_file', input: { path, old_string: before, new_string: after } }],
		};
	}
	return null;
}

function report(work: Work): Move | null {
	const path = documentPath(work);
	const written = work.calls.some(
		({ tool, input }) => tool === 'write_file' && input['path'] === path,
	);
	if (!work.can('write_file') || written) return null;
	return {
		purpose: `Now I can write ${path}.`,
		text: `I write down what I have in \`${path}\`.`,
		uses: [
			{ tool: 'write_file', input: { path, content: documentFor(work) } },
			...(work.can('update_plan') && !work.followsUp ? [planUse(work, 3)] : []),
		],
	};
}

/** A later wish: the document that is there gets another part. */
function extend(work: Work): Move | null {
	if (!work.can('edit_file') || work.did('edit_file') || work.did('write_file')) return null;
	const known = [...work.files].reverse();
	const [path, content] =
		known.find(([one, text]) => one.endsWith('.md') && text) ??
		known.find(([, text]) => text) ??
		[];
	if (!path || !content) return null;
	const anchor = content
		.split('\n')
		.filter((line) => line.trim())
		.findLast((line) => content.split(line).length === 2);
	if (anchor === undefined) return null;
	const section = `## ${work.ask.title}\n\n${work.ask.keywords
		.slice(0, 3)
		.map((word, nth) => `- **${capital(word)}**: ${sentence({ ...work, topic: work.ask }, nth)}.`)
		.join('\n')}`;
	return {
		purpose: `This belongs into ${path}.`,
		text: `I add a part about “${work.ask.title}” to \`${path}\`.`,
		uses: [
			{
				tool: 'edit_file',
				input: { path, old_string: anchor, new_string: `${section}\n\n${anchor}` },
			},
		],
	};
}

function check(work: Work): Move | null {
	if (work.job === 'review') return null;
	const path = documentPath(work);
	const at = work.calls.findIndex(
		({ tool, input, failed }) => tool === 'write_file' && input['path'] === path && !failed,
	);
	const readSince = work.calls.slice(at + 1).some(({ tool }) => tool === 'read_file');
	if (at < 0 || readSince || !work.can('read_file')) return null;
	return {
		purpose: 'What I wrote I read once more.',
		text: `I read \`${path}\` once more.`,
		uses: [{ tool: 'read_file', input: { path } }],
	};
}

function improve(work: Work): Move | null {
	const path = documentPath(work);
	if (!work.can('edit_file') || !work.files.get(path)?.includes(draftLine)) return null;
	return {
		purpose: 'It reads well enough: I note that it was checked.',
		text: `It says what it should. I note in \`${path}\` that it was read again.`,
		uses: [{ tool: 'edit_file', input: { path, old_string: draftLine, new_string: readLine } }],
	};
}

function closePlan(work: Work): Move | null {
	const plans = work.calls.filter(({ tool }) => tool === 'update_plan');
	const last = JSON.stringify(plans.at(-1)?.input ?? {});
	if (!work.can('update_plan') || plans.length === 0 || !/pending|in-progress/.test(last))
		return null;
	return {
		purpose: 'All steps are behind me.',
		text: 'That is everything on the plan.',
		uses: [planUse(work, planTexts(work).length + 1)],
	};
}

function finish(work: Work): Move {
	const { schema } = work.scene;
	if (schema)
		return {
			purpose: 'The answer has to fit the schema, so I write it as data.',
			text: JSON.stringify(instanceOf(schema, wordingFor(work)), null, 2),
			uses: [],
		};
	return {
		purpose: 'Now I can answer.',
		text: work.calls.length > 0 ? summary(work) : answerInWords(work),
		uses: [],
	};
}

function resumed(work: Work): Move {
	return {
		purpose: 'The answer was paused; I go on where it stopped.',
		text: `I go on where I stopped.\n\n${answerInWords(work)}`,
		uses: [],
	};
}

function planTexts(work: Work): string[] {
	const { title } = work.topic;
	switch (work.job) {
		case 'review':
			return [
				'See what there is to review',
				'Mend what can be mended safely',
				'Write the review',
				'Sum up',
			];
		case 'release-notes':
			return [
				'Collect the changes',
				'Sort them by what they mean to readers',
				'Write the release notes',
				'Sum up',
			];
		case 'triage':
			return ['Read the report', 'Find out what is missing', 'Judge how grave it is', 'Sum up'];
		default:
			return [
				`Understand “${title}”`,
				'Ask what matters most',
				'Write it down and read it again',
				'Sum up',
			];
	}
}

/** The plan with step `current` (from 1) under way, those before it done. */
function planUse(work: Work, current: number): ToolUse {
	const items = planTexts(work).map((text, index) => ({
		text,
		status: index + 1 < current ? 'completed' : index + 1 === current ? 'in-progress' : 'pending',
	}));
	return { tool: 'update_plan', input: { items } };
}
