/**
 * What the practice model does next. Pure: the same conversation gives the same reply. Each move looks at what
 * was done in this turn and either says and does something or passes; the first that doesn't pass is the reply.
 */
import { ask } from './questions';
import { check, gather, improve, open, produce } from './file-moves';
import { instanceOf } from './instance';
import type { Move, ToolUse } from './move';
import { closePlan } from './plan';
import type { Scene } from './scene';
import { label } from './documents';
import { answerInWords, closingWords, oneLine, thinkingFor } from './sayings';
import { listed, wordingFor } from './wording';
import { isAboutTickets, ticketMove, ticketWords } from './ticket-moves';
import { workOf, type Work } from './work';

export interface Reply {
	thinking: string | null;
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
		isData ? '' : givenWords(work),
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
	const mayAct = work.scene.tools.size > 0 && !halted && work.calls.length < enough;
	if (mayAct && isAboutTickets(work)) return ticketMove(work) ?? finish(work);
	const chats = work.job === 'talk' && !work.scene.system;
	if (mayAct && !chats) {
		for (const move of moves) {
			const found = move(work);
			if (found && !found.uses.some(work.wasRefused)) return found;
		}
	}
	return finish(work);
}

/** What came with the prompt, said once. */
function givenWords({ turn }: Work): string {
	if (turn.given.length === 0 || turn.texts.length > 0 || turn.steps.length > 0) return '';
	return `You gave me ${listed(turn.given)}. A script cannot look into files; a real model would.`;
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

function finish(work: Work): Move {
	const { schema } = work.scene;
	const { goesOn } = work.turn;
	if (schema)
		return {
			purpose: 'The answer has to fit the schema, so I write it as data.',
			text: JSON.stringify(instanceOf(schema, wordingFor(work)), null, 2),
			uses: [],
		};
	if (goesOn === 'unfinished') return resumed(work);
	if (goesOn === 'finished')
		return {
			purpose: 'The work was at its end already.',
			text: `Nothing is left to do for “${work.ask.title}”. Say what should come next.`,
			uses: [],
		};
	return {
		purpose: 'Now I can answer.',
		text: answer(work),
		uses: [],
	};
}

function answer(work: Work): string {
	if (work.calls.length === 0) return answerInWords(work);
	return isAboutTickets(work) ? ticketWords(work) : closingWords(work);
}

function resumed(work: Work): Move {
	return {
		purpose: 'The answer was paused; I go on where it stopped.',
		text: `I go on where I stopped.\n\n${work.calls.length > 0 ? closingWords(work) : answerInWords(work)}`,
		uses: [],
	};
}
