// Tickets that sessions serve.
import { ulid } from './dice.mjs';
import { paragraph, title } from './sessions.mjs';
import * as words from './words.mjs';

/** @import { Dice } from './dice.mjs' */

const types = ['bug', 'feature', 'task', 'research', 'documentation', 'refactor'];
const priorities = ['medium', 'high', 'low', 'critical'];
const statuses = ['done', 'done', 'in-progress', 'planned', 'backlog', 'in-review', 'cancelled'];
const DAY = 86_400_000;

/**
 * Logs of `count` tickets, made over the year before `until`; every twelfth is an epic of those that follow.
 * @param {Dice} dice @param {number} count @param {number} until epoch ms @param {() => number} number
 * @returns {{ ids: string[], lines: { ticket: any }[] }}
 */
export function seedTickets(dice, count, until, number) {
	const ids = [];
	const lines = [];
	/** @type {string | null} */
	let epicId = null;
	for (let i = 0; i < count; i++) {
		const at = until - 365 * DAY + Math.floor((360 * DAY * i) / count);
		const ticketId = ulid(at, number());
		const isEpic = i % 12 === 0;
		const base = { v: 1, ticketId, by: words.people };
		const fields = {
			title: title(dice),
			description: paragraph(dice),
			type: isEpic ? 'epic' : dice.favour(types),
			priority: dice.favour(priorities),
			labels: dice.chance(0.3) ? [dice.favour(words.labels)] : [],
			epicId: isEpic ? null : epicId,
			parentId: null,
			blockedBy: [],
			related: [],
		};
		lines.push({
			ticket: {
				...base,
				id: ulid(at, number()),
				at,
				kind: 'ticket-created',
				number: i + 1,
				prefix: 'T',
				fields,
				status: dice.favour(statuses),
			},
		});
		if (dice.chance(0.4))
			lines.push({
				ticket: {
					...base,
					id: ulid(at + DAY, number()),
					at: at + DAY,
					kind: 'ticket-commented',
					text: paragraph(dice),
				},
			});
		if (isEpic) epicId = ticketId;
		ids.push(ticketId);
	}
	return { ids, lines };
}
