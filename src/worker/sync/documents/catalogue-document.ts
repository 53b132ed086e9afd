import type * as Y from 'yjs';
import { isFiling, stampOf, subjectsOf, type FilingEvent } from '$lib/domain/log/filing';
import { isId, isTime, parseSessionEvent } from '$lib/domain/log/parse-event';
import { parseCatalogueRow, type CatalogueRow } from '$lib/domain/sync/catalogue-row';

/** Sessions of which something in the catalogue has changed, by what it was. */
export interface CatalogueChange {
	rows: ReadonlySet<string>;
	filing: ReadonlySet<string>;
	gone: ReadonlySet<string>;
}

/**
 * The sessions that began in one month: a row for each, written by its runner; for each thing that it is filed by, the
 * act that holds; and those that were taken away for good. docs/sync.md [6.6]
 */
export class CatalogueDocument {
	#rows: Y.Map<unknown>;
	/** `<session> <subject>` → the event. */
	#filing: Y.Map<unknown>;
	/** Session → when, epoch ms. */
	#gone: Y.Map<unknown>;
	/** `<session> <device>` → the last event that a device has put into a log to which several write. */
	#heads: Y.Map<unknown>;
	/** Keys of `filing`, and of `heads`, by session. */
	#filed = new Map<string, Set<string>>();
	#headed = new Map<string, Set<string>>();

	constructor(doc: Y.Doc) {
		this.#rows = doc.getMap('rows');
		this.#filing = doc.getMap('filing');
		this.#gone = doc.getMap('gone');
		this.#heads = doc.getMap('heads');
		index(this.#filing, this.#filed);
		index(this.#heads, this.#headed);
	}

	/** Calls with what others have changed: `came` tells their transactions. */
	onChange(came: (origin: unknown) => boolean, changed: (change: CatalogueChange) => void): void {
		const tell =
			(kind: keyof CatalogueChange, idOf = (key: string) => key) =>
			({ keysChanged }: Y.YMapEvent<unknown>, { origin }: Y.Transaction) => {
				if (!came(origin)) return;
				const none = {
					rows: new Set<string>(),
					filing: new Set<string>(),
					gone: new Set<string>(),
				};
				changed({ ...none, [kind]: new Set([...keysChanged].map((key) => idOf(String(key)))) });
			};
		this.#rows.observe(tell('rows'));
		this.#filing.observe(tell('filing', sessionOf));
		this.#heads.observe(tell('rows', sessionOf));
		this.#gone.observe(tell('gone'));
	}

	/** All that is in it, as if it had just come. */
	everything(): CatalogueChange {
		return {
			rows: new Set(this.#rows.keys()),
			filing: new Set(this.#filed.keys()),
			gone: new Set(this.#gone.keys()),
		};
	}

	row(id: string): CatalogueRow | null {
		const row = parseCatalogueRow(this.#rows.get(id));
		return row?.id === id ? row : null;
	}

	/** Events that the log of a session has, wherever it is whole. */
	heads(id: string): string[] {
		const last = this.row(id)?.last;
		const others = [...(this.#headed.get(id) ?? [])]
			.map((key) => this.#heads.get(key))
			.filter((head): head is string => isId(head));
		return last === undefined ? others : [last, ...others];
	}

	filing(id: string): FilingEvent[] {
		const events = [...(this.#filed.get(id) ?? [])].flatMap((key) => this.#eventAt(key, id) ?? []);
		return [...new Map(events.map((event) => [event.id, event])).values()];
	}

	isGone(id: string): boolean {
		return isTime(this.#gone.get(id));
	}

	/** Within a transaction. */
	putRow(row: CatalogueRow): void {
		if (JSON.stringify(this.#rows.get(row.id)) !== JSON.stringify(row)) this.#rows.set(row.id, row);
	}

	/** Within a transaction. */
	putHead(id: string, device: string, head: string): void {
		const key = `${id} ${device}`;
		if (this.#heads.get(key) !== head) this.#heads.set(key, head);
	}

	/** Within a transaction: acts that hold against those that are there. */
	putFiling(id: string, events: readonly FilingEvent[]): void {
		for (const event of events)
			for (const key of keysOf(event)) {
				const there = this.#eventAt(`${id} ${key}`, id);
				if (!there || isAbove(event, there)) this.#filing.set(`${id} ${key}`, event);
			}
	}

	/** Within a transaction. */
	putGone(id: string, at: number): void {
		if (!this.isGone(id)) this.#gone.set(id, at);
		this.#rows.delete(id);
		for (const key of this.#filed.get(id) ?? []) this.#filing.delete(key);
	}

	#eventAt(key: string, id: string): FilingEvent | null {
		const value = this.#filing.get(key);
		if (value === undefined) return null;
		const event = parseSessionEvent(value);
		return 'value' in event && event.value.sessionId === id && isFiling(event.value)
			? event.value
			: null;
	}
}

/** What an act is kept under; one about several labels under each of them. */
function keysOf(event: FilingEvent): string[] {
	return event.kind === 'seen' ? ['seen'] : subjectsOf(event);
}

function isAbove(one: FilingEvent, other: FilingEvent): boolean {
	if (one.kind === 'seen' && other.kind === 'seen') return (one.upTo ?? 0) > (other.upTo ?? 0);
	return stampOf(one) > stampOf(other);
}

/** Keeps the keys of a map by the session they begin with. */
function index(map: Y.Map<unknown>, by: Map<string, Set<string>>): void {
	const put = (key: string) => {
		const id = sessionOf(key);
		const keys = by.get(id) ?? new Set();
		if (map.has(key)) keys.add(key);
		else keys.delete(key);
		if (keys.size > 0) by.set(id, keys);
		else by.delete(id);
	};
	for (const key of map.keys()) put(key);
	map.observe(({ keysChanged }) => {
		for (const key of keysChanged) put(String(key));
	});
}

const sessionOf = (key: string): string => key.slice(0, key.indexOf(' '));
