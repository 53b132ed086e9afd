import { toldApart } from '../domain/agents/told-apart';
import { formatDay } from '../domain/format';
import { sessionAddress } from '../domain/views/session-address';
import type { Mark } from '../domain/search/find';
import { passageOf, type Passage } from '../domain/search/passage';
import { rank } from '../domain/search/rank';
import type { SearchHit } from '../domain/search/results';
import type { SessionRow } from '../domain/session-row';
import { ticketName } from '../domain/tickets/ticket';
import { sessionsBefore } from '../store/sessions';
import { allTickets } from '../store/tickets';
import { AgentList } from './agents.svelte';
import { app } from './app.svelte';
import { newRunDoor } from './new-run-door.svelte';
import { readPreference, writePreference } from './platform';
import { SessionSearch } from './search.svelte';
import { shortcuts, shownKeys } from './shortcuts.svelte';

const KEY = 'muster.palette';
/** Choices that are remembered. */
const REMEMBERED = 12;
/** Entries shown of one group. */
const OF_GROUP = 7;
const SESSIONS = 6;
/** Of a passage that has to fit on one line, UTF-16 code units. */
const LINE_CHARS = 72;

/** Something the palette can do. */
export interface PaletteEntry {
	/** The same for the same thing from one day to the next. */
	id: string;
	group: string;
	/** A name from the set of icons; one that is not in it shows the agent. */
	icon: string;
	label: Passage;
	/** One line more: a passage, a description. */
	detail?: Passage;
	/** Keys that do the same. */
	keys?: string;
	/** Where it leads; otherwise `run` does it. */
	href?: string;
	run?: () => void;
}

type Named = Omit<PaletteEntry, 'label'> & { name: string };

/** What one can go to and do from anywhere, narrowed by what is typed. Made anew each time it is opened. */
export class Palette {
	#typed = $state('');
	#search = new SessionSearch(SESSIONS);
	#agents = new AgentList();
	#tickets = app.live(allTickets);
	#recent = app.live((db) => sessionsBefore(db, Infinity, 30));
	#chosen: readonly string[] = remembered();
	#shortcuts: Named[];

	constructor() {
		// What can be done is what could be done where the focus was, before the palette took it.
		const now = shortcuts.groups.flatMap(([group, list]) =>
			list
				.filter(({ run, when }) => run && (when?.() ?? true))
				.map((shortcut): Named => ({
					id: `${group}/${shortcut.label}`,
					group,
					icon: group === 'Go to' ? 'arr-r' : 'bolt',
					name: shortcut.label,
					keys: shownKeys(shortcut)[0] ?? '',
					run: () => shortcut.run?.(new KeyboardEvent('keydown')),
				})),
		);
		this.#shortcuts = [...new Map(now.map((entry) => [entry.id, entry])).values()];
	}

	get typed(): string {
		return this.#typed;
	}
	set typed(typed: string) {
		this.#typed = typed;
		this.#search.query = typed;
	}

	get busy(): boolean {
		return this.#search.busy;
	}

	/** Best first within their group; groups in a fixed order, so that nothing jumps while more is found. */
	readonly entries: readonly PaletteEntry[] = $derived.by(() => [
		...this.#best(this.#recentOnes, OF_GROUP),
		...this.#best(this.#places, 12),
		...this.#best(this.#agentRuns, OF_GROUP),
		...this.#best(this.#ticketsFound, OF_GROUP),
		...this.#sessions,
		...this.#actions.flatMap((group) => this.#best(group, OF_GROUP)),
	]);

	readonly #places = $derived.by(() => this.#shortcuts.filter(({ group }) => group === 'Go to'));
	/** What can be done here and now, by the groups of the key list. */
	readonly #actions = $derived.by(() => {
		const others = this.#shortcuts.filter(({ group }) => group !== 'Go to');
		return [...new Set(others.map(({ group }) => group))].map((name) =>
			others.filter(({ group }) => group === name),
		);
	});

	/** What was chosen last, while nothing is typed. */
	readonly #recentOnes = $derived.by((): Named[] => {
		if (this.#typed.trim() !== '') return [];
		const all = [...this.#shortcuts, ...this.#agentRuns, ...this.#ticketsFound];
		return this.#chosen
			.flatMap((id) => all.find((entry) => entry.id === id) ?? [])
			.slice(0, 4)
			.map((entry) => ({ ...entry, id: `recent/${entry.id}`, group: 'Recent' }));
	});

	readonly #agentRuns = $derived.by((): Named[] => {
		const all = (this.#agents.all ?? []).map(({ agent }) => agent);
		const named = all.map(({ id, name, model, createdAt }) => ({
			...{ id, name, model: model ?? '' },
			born: createdAt,
		}));
		const apart = toldApart(named, (at) => formatDay(at, Date.now()).rest);
		return all.map(({ id, icon, name }) => ({
			id: `agent/${id}`,
			group: 'Run an agent',
			icon,
			name,
			...(apart.has(id) && { detail: line(apart.get(id) ?? '') }),
			run: () => newRunDoor.open({ agentId: id }),
		}));
	});

	readonly #ticketsFound = $derived.by((): Named[] =>
		(this.#tickets.current ?? [])
			.filter(({ deletedAt }) => deletedAt === null)
			.sort((a, b) => b.updatedAt - a.updatedAt)
			.map((ticket) => ({
				id: `ticket/${ticket.id}`,
				group: 'Tickets',
				icon: 'ticket',
				name: `${ticketName(ticket)} ${ticket.title}`,
				href: `/tickets/${ticket.id}`,
			})),
	);

	readonly #sessions = $derived.by((): PaletteEntry[] => {
		if (this.#search.active) return this.#search.hits.slice(0, SESSIONS).map(ofHit(this.#typed));
		return (this.#recent.current ?? [])
			.filter(({ deletedAt, archivedAt }) => deletedAt === null && archivedAt === null)
			.slice(0, SESSIONS)
			.map(ofRow);
	});

	/** Remembers a choice, for the next time. */
	choose({ id }: PaletteEntry): void {
		const plain = id.replace(/^recent\//, '');
		if (plain.startsWith('session/')) return;
		const next = [plain, ...this.#chosen.filter((one) => one !== plain)].slice(0, REMEMBERED);
		writePreference(KEY, JSON.stringify(next));
	}

	stop(): void {
		this.#search.stop();
	}

	/** Chosen before counts for a little: it settles which of two that fit alike comes first. */
	#best(all: readonly Named[], most: number): PaletteEntry[] {
		const typed = this.#typed;
		return all
			.flatMap((entry) => {
				const ranked = rank(entry.name, typed);
				if (!ranked) return [];
				const place = this.#chosen.indexOf(entry.id);
				const known = typed.trim() !== '' && place >= 0 ? 1 - place / REMEMBERED : 0;
				return [{ entry, marks: ranked.marks, score: ranked.score + known }];
			})
			.sort((a, b) => b.score - a.score)
			.slice(0, most)
			.map(({ entry: { name, ...entry }, marks }) => ({ ...entry, label: line(name, marks) }));
	}
}

function line(text: string, marks: Mark[] = []): Passage {
	return { text, marks };
}

function ofHit(typed: string): (hit: SearchHit) => PaletteEntry {
	return ({ row, title, eventId, passage }) => ({
		id: `session/${row.id}`,
		group: 'Sessions',
		icon: row.agentIcon,
		label: title,
		// One line of it is seen.
		...(passage
			? { detail: passageOf(passage.text, passage.marks, LINE_CHARS) }
			: { detail: line(row.agentName || 'Chat') }),
		href: `${sessionAddress(row)}?${new URLSearchParams({ q: typed, ...(eventId !== null && { at: eventId }) })}`,
	});
}

function ofRow(row: SessionRow): PaletteEntry {
	return {
		id: `session/${row.id}`,
		group: 'Sessions',
		icon: row.agentIcon,
		label: line(row.title),
		detail: line(row.agentName || 'Chat'),
		href: sessionAddress(row),
	};
}

function remembered(): string[] {
	try {
		const known: unknown = JSON.parse(readPreference(KEY) ?? '[]');
		return Array.isArray(known) ? known.filter((id) => typeof id === 'string') : [];
	} catch {
		return [];
	}
}
