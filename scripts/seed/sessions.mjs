// Logs of sessions as an engine would have written them.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { ulid } from './dice.mjs';
import * as words from './words.mjs';

/** @import { Dice } from './dice.mjs' */
/** @typedef {{ event: any }} EventLine */

const MAIN = 'main';
const SECOND = 1000;
const engine = { kind: 'engine', device: 'seed', epoch: 1 };
const model = { kind: 'agent', actor: MAIN };
const person = words.people;

/** @param {(typeof words.agents)[number]} agent */
export const snapshot = ({ id, name, icon, about }) => ({
	id,
	name,
	icon,
	description: about,
	systemPrompt: `${about}. Be brief, and name the file and line.`,
	tools: {
		list_files: 'allow',
		read_file: 'allow',
		search_files: 'allow',
		write_file: 'ask',
		edit_file: 'ask',
		ask_user: 'allow',
	},
	inputSchema: null,
	outputSchema: null,
	labels: [],
});

/** How a session stands: at rest, or in the middle of something. */
/** @typedef {'completed' | 'failed' | 'cancelled' | 'permission' | 'question' | 'paused' | 'running'} Standing */

/** One log while it is written. */
export class Log {
	/** @type {EventLine[]} */
	lines = [];
	#turn = 0;
	turnId = '';
	index = 0;
	began = 0;

	/** @param {Dice} dice @param {string} id @param {number} now epoch ms @param {() => number} count a number never given before */
	constructor(dice, id, now, count) {
		this.dice = dice;
		this.id = id;
		this.now = now;
		this.count = count;
	}

	/** @param {string} kind @param {object} by @param {object} [fields] */
	add(kind, by, fields = {}) {
		const id = ulid(this.now, this.count());
		this.lines.push({ event: { v: 1, id, sessionId: this.id, at: this.now, by, kind, ...fields } });
		this.now += this.dice.between(200, 4 * SECOND);
		return this;
	}

	/** @param {{ agent: (typeof words.agents)[number] | null, title: string, model: string, ticketId: string | null }} wish */
	created({ agent, title, model, ticketId }) {
		return this.add('created', person, {
			mode: agent?.mode ?? 'standard',
			agent: agent && snapshot(agent),
			settings: {
				connectionId: 'seed',
				model,
				effort: agent?.effort ?? null,
				thinking: false,
				permissionMode: 'ask',
				maxTurns: 50,
				budget: null,
			},
			title,
			...(ticketId !== null && { ticketId }),
		});
	}

	/** @param {string} text */
	prompt(text) {
		return this.add('prompt', person, { actor: MAIN, text });
	}

	/** @param {string} model @param {string | null} effort */
	turn(model, effort) {
		this.turnId = `${MAIN}.${++this.#turn}`;
		this.index = 0;
		this.began = this.now;
		return this.add('turn-started', engine, {
			turnId: this.turnId,
			actor: MAIN,
			purpose: 'answer',
			attempt: 1,
			model,
			connectionId: 'seed',
			effort,
		});
	}

	/** @param {string} text */
	say(text) {
		return this.add('text', model, { turnId: this.turnId, index: this.index++, text });
	}

	/** @param {string} tool @param {object} input @param {string} callId */
	call(tool, input, callId) {
		return this.add('tool-call', model, {
			turnId: this.turnId,
			index: this.index++,
			callId,
			tool,
			input,
		});
	}

	/** @param {string} stopReason */
	end(stopReason = 'end_turn') {
		const input = this.dice.between(900, 24_000);
		const output = this.dice.between(60, 2400);
		return this.add('turn-ended', engine, {
			turnId: this.turnId,
			stopReason,
			usage: {
				input,
				output,
				cacheWrite5m: 0,
				cacheWrite1h: 0,
				cacheRead: this.dice.below(40_000),
			},
			cost: { usd: Math.round(input * 3 + output * 15) / 1e6, priceVersion: 'seed' },
			ms: this.now - this.began,
		});
	}
}

/** @param {Dice} dice */
export function title(dice) {
	return `${dice.pick(words.verbs)} ${dice.favour(words.things)} ${dice.pick(words.places)}`;
}

/** A paragraph with names that are seldom said twice. @param {Dice} dice */
export function paragraph(dice) {
	const file = `src/${dice.favour(words.things).split(' ').at(-1)}/part-${dice.below(900)}.ts`;
	return [
		`It ${dice.pick(words.symptoms)}, because ${dice.pick(words.reasons)} (\`${file}:${dice.between(1, 400)}\`, E-${dice.between(1000, 9999)}).`,
		`${dice.pick(words.advice)}. ${dice.pick(words.advice)}.`,
	].join(' ');
}

/**
 * A session of a few events.
 * @param {Log} log
 * @param {{ standing: Standing, agent: (typeof words.agents)[number] | null, ticketId: string | null, archived: boolean, seen: boolean }} wish
 */
export function shortSession(log, { standing, agent, ticketId, archived, seen }) {
	const { dice } = log;
	const name = title(dice);
	const modelId = dice.favour(words.models);
	const effort = agent?.effort ?? null;
	log.created({ agent, title: name, model: modelId, ticketId });
	log.prompt(`${name}. ${dice.chance(0.4) ? paragraph(dice) : ''}`.trim());
	log.now += dice.between(1, 30) * SECOND;
	if (standing === 'cancelled') return ended(log, 'cancelled', { archived, seen: false });
	log.turn(modelId, effort);
	if (standing === 'failed') {
		const failure = dice.pick(words.failures);
		log.add('turn-failed', engine, { turnId: log.turnId, failure, ms: dice.between(300, 9000) });
		log.add('error', engine, { failure });
		return ended(log, 'failed', { archived, seen });
	}
	if (standing === 'running') return log.lines;
	if (standing === 'question') return asking(log);
	if (standing === 'permission' || dice.chance(0.12)) withTool(log, standing, modelId, effort);
	if (standing === 'permission') return log.lines;
	log.now += dice.between(5, 400) * SECOND;
	log.say(Array.from({ length: dice.between(1, 3) }, () => paragraph(dice)).join('\n\n')).end();
	if (standing === 'paused') return log.add('pause-requested', person).lines;
	if (agent?.icon === 'bug' && dice.chance(0.3))
		log.add('output', engine, {
			raw: '{"severity":"high"}',
			value: { severity: 'high' },
			problems: [],
		});
	return ended(log, 'completed', { archived, seen });
}

/** @param {Log} log */
function asking(log) {
	const callId = `ask-${log.turnId}`;
	const text = `Does ${log.dice.favour(words.things)} still matter ${log.dice.pick(words.places)}?`;
	log.call('ask_user', { questions: [{ text, type: 'text' }] }, callId).end('tool_use');
	return log.add('question-asked', engine, {
		callId,
		actor: MAIN,
		questions: [{ id: 'q1', text, type: 'text', options: [], required: true }],
	}).lines;
}

/** @param {Log} log @param {Standing} standing @param {string} modelId @param {string | null} effort */
function withTool(log, standing, modelId, effort) {
	const { dice } = log;
	const callId = `call-${log.turnId}`;
	const path = `src/part-${dice.below(900)}.ts`;
	const tool = standing === 'permission' ? 'write_file' : 'read_file';
	const input =
		tool === 'write_file'
			? { path, content: `export const part = ${dice.below(900)};\n` }
			: { path };
	log.call(tool, input, callId).end('tool_use');
	if (standing === 'permission')
		return log.add('permission-requested', engine, {
			callId,
			actor: MAIN,
			tool,
			inputHash: inputHash(tool, input),
		});
	log.add('tool-started', engine, { callId, input });
	log.add('tool-result', engine, {
		callId,
		content: `1\texport const part = ${dice.below(900)};`,
		isError: false,
		ms: 30,
	});
	return log.turn(modelId, effort);
}

/** @param {Log} log @param {'completed' | 'failed' | 'cancelled'} status @param {{ archived: boolean, seen: boolean }} filed */
function ended(log, status, { archived, seen }) {
	if (status === 'cancelled') log.add('cancel-requested', person);
	log.add('ended', engine, { status });
	if (log.dice.chance(0.08))
		log.add('labels-changed', person, { add: [log.dice.favour(words.labels)], remove: [] });
	if (seen) log.add('seen', person);
	if (archived) log.add('archived', person);
	return log.lines;
}

/**
 * A conversation of `messages` prompts and answers, together.
 * @param {Log} log @param {string} name @param {number} messages @param {(typeof words.agents)[number]} agent
 */
export function longSession(log, name, messages, agent) {
	const modelId = words.models[0] ?? '';
	log.created({ agent, title: name, model: modelId, ticketId: null });
	for (let said = 0; said < messages; said += 2) {
		log.prompt(`Message ${said + 1}: ${title(log.dice)}.`);
		log
			.turn(modelId, agent.effort)
			.say(`Message ${said + 2}: ${paragraph(log.dice)}`)
			.end();
		log.add('ended', engine, { status: 'completed' });
		log.now += log.dice.between(1, 20) * SECOND;
	}
	return log.add('seen', person).lines;
}

/** What a decision on a call is bound to, as the app has it. @param {string} tool @param {Record<string, unknown>} input */
function inputHash(tool, input) {
	const inOrder = Object.fromEntries(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)));
	return bytesToHex(sha256(utf8ToBytes(`${tool}\n${JSON.stringify(inOrder)}`)));
}
