/** What an import comes to, in words. */
import type { WorkspaceSettings } from '$lib/domain/import/source';
import { changesAnything, sessionsIn, type Tally } from '$lib/domain/import/tally';

/** Things that were left out are told one by one up to here. */
const MOST_LEFT = 5;

const count = (n: number, one: string, many = `${one}s`): string =>
	`${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const settingWords: Record<keyof WorkspaceSettings, string> = {
	workspaceName: 'its name',
	ticketPrefix: 'the prefix of tickets',
	savedViews: 'saved views',
};

/** One sentence for each thing that is in it, what is new first; `done`: it has happened. */
export function tallyLines(tally: Tally, done: boolean): string[] {
	const { sessions, tickets, agents, held, settings, left } = tally;
	const here = sessions.same;
	return [
		lineOf(sessions.new, (n) => `${count(n, 'session')} ${done ? 'added' : 'to add'}`),
		lineOf(
			sessions.longer,
			(n) => `${count(n, 'session')} went on elsewhere: what is new ${done ? 'was' : 'is'} added`,
		),
		lineOf(sessions.refiled, (n) => `${count(n, 'session')} filed otherwise elsewhere, and later`),
		lineOf(
			sessions.copied,
			(n) =>
				`${count(n, 'session')} went on both here and elsewhere: ${n === 1 ? 'that one stands' : 'those stand'} beside yours as an imported copy`,
		),
		lineOf(here, (n) => `${count(n, 'session')} already here, nothing to add`),
		lineOf(sessions['at-work'], (n) => `${count(n, 'session')} at work here just now: left alone`),
		lineOf(
			sessions.refused,
			(n) =>
				`${count(n, 'session')} left out: parts of ${n === 1 ? 'it' : 'them'} are here as another session`,
		),
		lineOf(held, (n) => `${count(n, 'session')} not finished: waiting until you press Continue`),
		lineOf(tickets.new, (n) => `${count(n, 'ticket')} ${done ? 'added' : 'to add'}`),
		lineOf(
			tickets.renumbered,
			(n) => `${count(n, 'ticket')} of these under a new number, since theirs is taken`,
		),
		lineOf(tickets.changed, (n) => `${count(n, 'ticket')} changed elsewhere, too`),
		lineOf(tickets.same, (n) => `${count(n, 'ticket')} already here`),
		lineOf(agents.new, (n) => `${count(n, 'agent')} ${done ? 'added' : 'to add'}`),
		lineOf(
			agents.copied,
			(n) => `${count(n, 'agent')} that differ${n === 1 ? 's' : ''} from yours, beside yours`,
		),
		lineOf(agents.same, (n) => `${count(n, 'agent')} already here`),
		settings.length === 0
			? ''
			: `Settings of the workspace that you have not set here: ${settings.map((name) => settingWords[name]).join(', ')}`,
		...left.slice(0, MOST_LEFT),
		lineOf(
			Math.max(0, left.length - MOST_LEFT),
			(n) => `${count(n, 'more file or line', 'more files or lines')} left out`,
		),
	].filter((line) => line !== '');
}

function lineOf(n: number, words: (n: number) => string): string {
	return n === 0 ? '' : words(n);
}

/** The button that brings it in. */
export function importLabel({ sessions, tickets, agents }: Tally): string {
	const added = sessions.new + sessions.longer + sessions.refiled + sessions.copied;
	if (added > 0) return `Import ${count(added, 'session')}`;
	if (tickets.new + tickets.changed > 0)
		return `Import ${count(tickets.new + tickets.changed, 'ticket')}`;
	return agents.new + agents.copied > 0
		? `Import ${count(agents.new + agents.copied, 'agent')}`
		: 'Import';
}

/** The head of what was found, or done. */
export function tallyTitle(tally: Tally, done: boolean): string {
	if (!changesAnything(tally)) return done ? 'Nothing was new' : 'Everything in it is here already';
	const { sessions } = tally;
	const added = sessions.new + sessions.longer + sessions.refiled + sessions.copied;
	if (done) return `${count(added, 'session')} imported`;
	return `${count(sessionsIn(tally), 'session')} in it`;
}
