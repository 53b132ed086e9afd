import type { FilingEvent } from '$lib/domain/log/filing';
import { awayRow, catalogueRow } from '$lib/domain/sync/catalogue-row';
import type { SessionRow } from '$lib/domain/session-row';
import { refiled } from '$lib/domain/views/session-row';
import { fileSessions, removeSessions, type Refiled } from '$lib/store/filing';
import { filingOf, knownEvents, putAwayRows } from '$lib/store/mirror';
import { CatalogueDocument, type CatalogueChange } from '../documents/catalogue-document';
import { holdDocument, isCome, type HeldDocument } from './held-document';
import type { Workroom } from './workroom';

/** Sessions looked at in one step, so that nothing else waits long. */
const AT_ONCE = 250;

export interface CataloguesParts {
	room: Workroom;
	/** The log of a session goes further elsewhere, up to and with these events. */
	wanted(sessionId: string, startedAt: number, heads: readonly string[]): void;
	/** Something filed here holds against what the catalogue says. */
	untold(rows: readonly SessionRow[]): Promise<void>;
	/** Everything that was heard so far is in the rows. */
	taken(): void;
}

/** What a device can tell of a log. */
export interface Told {
	/** Its last event, where the device runs the session. */
	last?: string;
	/** The last event the device has put in, where others have, too: of two rows that devices write apart one holds. */
	own?: string;
}

/** The catalogues of all months, held for as long as the relay is there: what they say becomes rows, filing and wishes. */
export class Catalogues {
	#parts: CataloguesParts;
	#months = new Map<string, Promise<HeldDocument<CatalogueDocument>>>();
	#turn: Promise<unknown> = Promise.resolve();
	/** Changes that were heard and are not in the rows yet. */
	#untaken = 0;

	constructor(parts: CataloguesParts) {
		this.#parts = parts;
	}

	/** Everything that was heard so far is in the rows. */
	settled(): Promise<unknown> {
		return this.#turn;
	}

	/** Rows are being made of what was heard. */
	get isTaking(): boolean {
		return this.#untaken > 0;
	}

	hold(month: string): Promise<HeldDocument<CatalogueDocument>> {
		let held = this.#months.get(month);
		if (!held) this.#months.set(month, (held = this.#hold(month)));
		return held;
	}

	/**
	 * Says what a session is now, and how it is filed; of one that was taken away for good elsewhere nothing. docs/sync.md
	 * [6.6]
	 */
	async tell(month: string, row: SessionRow, log: Told): Promise<void> {
		const held = await this.hold(month);
		const filing = await filingOf(this.#parts.room.db, row.id);
		const { id } = this.#parts.room.journal.parts.device;
		await held.change((document) => {
			if (document.isGone(row.id)) return;
			if (log.last !== undefined) document.putRow(catalogueRow(row, log.last));
			if (log.own !== undefined) document.putHead(row.id, id, log.own);
			document.putFiling(row.id, filing);
		});
	}

	/** Says that a session was taken away for good. */
	async tellGone(month: string, id: string, at: number): Promise<void> {
		const held = await this.hold(month);
		await held.change((document) => document.putGone(id, at));
	}

	/** Takes sessions away here that were taken away for good elsewhere, whatever is done in them here. */
	async remove(ids: readonly string[]): Promise<void> {
		const { db, moved } = this.#parts.room;
		for (const id of await removeSessions(db, ids)) moved(id);
	}

	async close(): Promise<void> {
		const months = [...this.#months.values()];
		this.#months.clear();
		await this.#turn.catch(() => undefined);
		for (const held of months) (await held.catch(() => null))?.release();
	}

	async #hold(month: string): Promise<HeldDocument<CatalogueDocument>> {
		const { rooms, store, failed } = this.#parts.room;
		let first = true;
		const held = await holdDocument(
			rooms,
			`catalogue|${month}`,
			(inner) => {
				const document = new CatalogueDocument(inner);
				const hear = (change: CatalogueChange) => this.#soon(() => this.#take(document, change));
				document.onChange(isCome, hear);
				if (first) hear(document.everything());
				first = false;
				return document;
			},
			(name, update) => store.keep(name, update),
		);
		void this.#turn.catch(failed);
		return held;
	}

	#soon(work: () => Promise<void>): void {
		this.#untaken++;
		this.#turn = this.#turn
			.then(work)
			.catch((error: unknown) => this.#parts.room.failed(error))
			.finally(() => {
				if (--this.#untaken === 0) this.#parts.taken();
			});
	}

	async #take(document: CatalogueDocument, change: CatalogueChange): Promise<void> {
		const ids = [...new Set([...change.rows, ...change.filing, ...change.gone])];
		for (let at = 0; at < ids.length; at += AT_ONCE)
			await this.#takeSome(document, ids.slice(at, at + AT_ONCE));
	}

	async #takeSome(document: CatalogueDocument, ids: readonly string[]): Promise<void> {
		const { room, untold } = this.#parts;
		await this.remove(ids.filter((id) => document.isGone(id)));
		const left = ids.filter((id) => !document.isGone(id));
		const rows = new Map(
			(await room.db.sessions.bulkGet(left)).flatMap((row) => (row ? [[row.id, row]] : [])),
		);
		const away: SessionRow[] = [];
		const here: SessionRow[] = [];
		for (const id of left) {
			const row = rows.get(id);
			const told = document.row(id);
			if (row && !row.away) here.push(row);
			else if (told) away.push(awayRow(told, document.filing(id)));
		}
		const fresh = away.filter((row) => !isSame(row, rows.get(row.id)));
		if (fresh.length > 0) await putAwayRows(room.db, fresh);
		await this.#refile(document, here);
		await untold(here.filter((row) => isUntold(row, document.filing(row.id))));
		// Also of rows that are known: the device may have been closed before their logs came.
		await this.#wish(document, [...away, ...here]);
	}

	/** Acts of filing that are new here, put into the logs of sessions. */
	async #refile(document: CatalogueDocument, rows: readonly SessionRow[]): Promise<void> {
		const { db, journal } = this.#parts.room;
		const all = rows.flatMap(({ id }) => document.filing(id));
		const known = await knownEvents(
			db,
			all.map(({ id }) => id),
		);
		const fresh = new Map<string, FilingEvent[]>();
		for (const event of all)
			if (!known.has(event.id))
				fresh.set(event.sessionId, [...(fresh.get(event.sessionId) ?? []), event]);
		const held = [...fresh.keys()].filter((id) => journal.holds(id));
		for (const id of held) await (await journal.open(id)).append(fresh.get(id) ?? []);
		const others = [...fresh.keys()].filter((id) => !held.includes(id));
		await fileSessions(db, others, (row, seq) => filedBy(row, seq, fresh.get(row.id) ?? []), {
			told: true,
		});
	}

	async #wish(document: CatalogueDocument, rows: readonly SessionRow[]): Promise<void> {
		const heads = new Map(rows.map(({ id }) => [id, document.heads(id)]));
		const known = await knownEvents(this.#parts.room.db, [...heads.values()].flat());
		for (const { id, startedAt } of rows) {
			const missing = (heads.get(id) ?? []).filter((head) => !known.has(head));
			if (missing.length > 0) this.#parts.wanted(id, startedAt, missing);
		}
	}
}

/** Whether a row says what is stored; which has the keys of its index beside it. */
function isSame(row: SessionRow, known: SessionRow | undefined): boolean {
	if (!known) return false;
	const names = Object.keys(row) as (keyof SessionRow)[];
	return names.every((name) => JSON.stringify(row[name]) === JSON.stringify(known[name]));
}

function filedBy(row: SessionRow, seq: number, events: readonly FilingEvent[]): Refiled {
	return events.reduce<Refiled>(
		(done, event, i) => {
			const at = seq + 1 + i;
			return {
				row: refiled(done.row, event, at),
				events: [...done.events, { ...event, seq: at }],
			};
		},
		{ row, events: [] },
	);
}

/** Whether something about a session was filed here that these acts do not tell. */
function isUntold(row: SessionRow, told: readonly FilingEvent[]): boolean {
	const base: SessionRow = { ...row, stamps: {}, seenUpTo: 0 };
	const { stamps = {}, seenUpTo = 0 } = told.reduce(
		(filed, event) => refiled(filed, event, 0),
		base,
	);
	const isAbove = Object.entries(row.stamps ?? {}).some(
		([subject, stamp = '']) => stamp > (stamps[subject as keyof typeof stamps] ?? ''),
	);
	return isAbove || (row.seenUpTo ?? 0) > seenUpTo;
}
