/** What is done with tickets, where the person speaks of them: look first, then make, move or comment. */
import type { JsonObject } from '$lib/domain/json';
import { ticketStatuses } from '$lib/domain/tickets/ticket';
import type { Move, ToolUse } from './move';
import type { Work } from './work';

const speaksOfThem = /\btickets?\b|\b[A-Z][A-Z\d]{0,7}-\d{3,}\b/;
const named = /\b[A-Z][A-Z\d]{0,7}-\d{3,}\b/;
const wantsNew = /\b(?:create|file|open|add|make|write)\b[^.\n]{0,40}\bticket\b/i;

export function isAboutTickets(work: Work): boolean {
	const { scene } = work;
	return scene.schema === null && scene.tools.has('list_tickets') && speaksOfThem.test(said(work));
}

/** The next thing to do; null where everything that was asked for is done or was refused. */
export function ticketMove(work: Work): Move | null {
	const words = said(work);
	const ticket = named.exec(words)?.[0] ?? null;
	const uses: ToolUse[] = [];
	if (ticket && fresh(work, 'get_ticket')) uses.push({ tool: 'get_ticket', input: { ticket } });
	if (!ticket && fresh(work, 'list_tickets')) uses.push({ tool: 'list_tickets', input: {} });
	if (uses.length > 0)
		return {
			purpose: 'First I look at the tickets there are.',
			text: ticket ? `I read ${ticket} first.` : 'I look at the tickets there are.',
			uses,
		};
	const change =
		creation(work) ?? (ticket ? (moved(work, ticket) ?? commented(work, ticket)) : null);
	if (!change) return null;
	return {
		purpose: `Now I can use ${change.tool}.`,
		text: `I use \`${change.tool}\` for what you asked.`,
		uses: [change],
	};
}

/** What came of it. */
export function ticketWords(work: Work): string {
	const results = work.calls.filter(({ failed, result }) => !failed && result);
	const changes = results.filter(({ tool }) => !reads.has(tool)).map(({ result }) => `- ${result}`);
	if (changes.length > 0) return `Done:\n\n${changes.join('\n')}`;
	const last = results.at(-1)?.result;
	return last
		? `This is what there is:\n\n${last}\n\nNothing was changed.`
		: 'Nothing was changed.';
}

const reads = new Set(['list_tickets', 'get_ticket']);

const fresh = (work: Work, tool: string): boolean => work.can(tool) && !work.did(tool);

function creation(work: Work): ToolUse | null {
	if (!wantsNew.test(said(work)) || !fresh(work, 'create_ticket')) return null;
	const quoted = /[“"]([^”"\n]{3,200})[”"]/.exec(said(work))?.[1];
	const input: JsonObject = {
		title: quoted ?? work.ask.title,
		description: work.ask.firstSentence,
		type: /\bbugs?\b|\bfails?\b|\bbroken\b/i.test(said(work)) ? 'bug' : 'task',
	};
	return { tool: 'create_ticket', input };
}

function moved(work: Work, ticket: string): ToolUse | null {
	if (!/\b(?:move|set|put|mark)\b/i.test(said(work)) || !fresh(work, 'update_ticket')) return null;
	const words = said(work).toLowerCase().replace(/\s+/g, '-');
	const status = ticketStatuses.find((one) => words.includes(one));
	return status ? { tool: 'update_ticket', input: { ticket, status } } : null;
}

function commented(work: Work, ticket: string): ToolUse | null {
	if (!/\bcomment\b/i.test(said(work)) || !fresh(work, 'comment_ticket')) return null;
	return { tool: 'comment_ticket', input: { ticket, text: work.ask.firstSentence } };
}

function said({ turn }: Work): string {
	return [turn.prompt, ...turn.added].join('\n');
}
