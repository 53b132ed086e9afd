// A workspace with as many believable sessions as one wants, line by line as its file has them (docs/workspace-file.md).
// Runs in Node and in a page. The same for the same wish.
import { Dice, ulid } from './dice.mjs';
import { Log, longSession, shortSession, snapshot } from './sessions.mjs';
import { seedTickets } from './tickets.mjs';
import { agents } from './words.mjs';

/** @import { Standing } from './sessions.mjs' */

/**
 * @typedef {object} SeedWish
 * @property {number} sessions how many
 * @property {boolean} [long] whether two of them are long; where there are 20 or more, if nothing is said
 * @property {number} until epoch ms: nothing in it is later
 * @property {number} [seed] another one gives other sessions
 */

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Titles of the two long sessions, and how many messages they have. */
export const longOnes = [
	{ title: 'A conversation of 100 messages', messages: 100 },
	{ title: 'A conversation of 10,000 messages', messages: 10_000 },
];

/** @type {Standing[]} what the newest sessions are in the middle of */
const open = ['running', 'permission', 'question', 'paused', 'permission', 'question'];

/** Every line between the first and the last. @param {SeedWish} wish @returns {Generator<any>} */
export function* seedLines({ sessions, until, seed = 1, long = sessions >= 20 }) {
	const dice = new Dice(seed);
	let n = 0;
	const number = () => n++;
	yield {
		settings: {
			workspaceName: 'Seeded workspace',
			savedViews: [{ name: 'Failed this week', search: '?view=failed&time=week' }],
		},
	};
	for (const agent of [...agents].sort((a, b) => (a.id < b.id ? -1 : 1)))
		yield { agent: saved(agent, until) };
	const tickets = seedTickets(dice, Math.min(240, Math.ceil(sessions / 20)), until, number);
	yield* tickets.lines;
	const longAt = new Map(long ? longOnes.map((wish, i) => [sessions - 18 + 9 * i, wish]) : []);
	let last = 0;
	for (let i = 0; i < sessions; i++) {
		const at = Math.max(last + 1, startOf((i + dice.next()) / sessions, until));
		last = at;
		const log = new Log(dice, ulid(at, number()), at, number);
		const wish = longAt.get(i);
		// A long one began early enough to be over by now.
		if (wish) {
			yield* longSession(log, wish.title, wish.messages, dice.pick(agents.slice(0, 3)));
			continue;
		}
		const left = sessions - i;
		const standing =
			left <= 12 && left % 2 === 0
				? dice.pick(open)
				: dice.favour(
						/** @type {Standing[]} */ ([
							'completed',
							'completed',
							'completed',
							'completed',
							'failed',
							'cancelled',
						]),
					);
		const age = until - at;
		yield* shortSession(log, {
			standing,
			agent: dice.chance(0.06) ? null : dice.favour(agents),
			ticketId: dice.chance(0.35) && tickets.ids.length > 0 ? dice.pick(tickets.ids) : null,
			archived: age > 60 * DAY && dice.chance(0.4),
			seen: age > 2 * DAY || dice.chance(0.6),
		});
	}
}

/** Over a year, in the hours people work, as the share of it that has gone by. @param {number} share @param {number} until */
function startOf(share, until) {
	const days = 365 * share;
	const day = Math.floor(days);
	const at = until - 365 * DAY + day * DAY + Math.floor((days - day) * 14 * HOUR);
	return Math.min(at, until - HOUR);
}

/** @param {(typeof agents)[number]} agent @param {number} until */
function saved(agent, until) {
	return {
		v: 1,
		...snapshot(agent),
		connectionId: null,
		model: null,
		effort: agent.effort,
		thinking: false,
		permissionMode: 'ask',
		maxTurns: 50,
		budget: null,
		createdAt: until - 365 * DAY,
		updatedAt: until - 365 * DAY,
	};
}
