import type * as Y from 'yjs';
import type { CommandState } from '$lib/domain/command';
import type { SessionEvent } from '$lib/domain/log/event';
import { isFiling, type FilingEvent } from '$lib/domain/log/filing';
import { parseSessionEvent } from '$lib/domain/log/parse-event';
import { parseAsk, type Ask } from './ask';
import { packed, unpacked } from './packed-event';

/** What came of something asked for. */
export interface AskAnswer {
	state: CommandState;
	note?: string;
}

/** What was parsed once, by the value that the document holds. */
const parsed = new WeakMap<object, SessionEvent | null>();

/**
 * A session as its room has it: the log in its order, filing beside it, and what other devices ask of its runner.
 * docs/sync.md [6.5]. What makes no sense is passed over, and left where it is.
 */
export class SessionDocument {
	#doc: Y.Doc;
	#events: Y.Array<unknown>;
	#filing: Y.Map<unknown>;
	#asks: Y.Map<unknown>;
	#answers: Y.Map<unknown>;

	constructor(
		doc: Y.Doc,
		readonly sessionId: string,
	) {
		this.#doc = doc;
		this.#events = doc.getArray('events');
		this.#filing = doc.getMap('filing');
		this.#asks = doc.getMap('asks');
		this.#answers = doc.getMap('answers');
	}

	/** Calls whenever anything in it has changed, whoever did it. */
	onChange(changed: () => void): void {
		this.#doc.on('update', changed);
	}

	/** The log in its order, each event once. */
	events(): SessionEvent[] {
		const known = new Set<string>();
		return this.#events.toArray().flatMap((value) => {
			const event = this.#eventOf(value);
			if (!event || isFiling(event) || known.has(event.id)) return [];
			known.add(event.id);
			return [event];
		});
	}

	/** Acts of filing, in no order. */
	filing(): FilingEvent[] {
		return [...this.#filing.values()].flatMap((value) => {
			const event = this.#eventOf(value);
			return event && isFiling(event) ? [event] : [];
		});
	}

	/** Within a transaction: puts events behind what is there, each act of filing beside it, and takes others out. */
	change({
		append,
		remove,
	}: {
		append: readonly SessionEvent[];
		remove: ReadonlySet<string>;
	}): void {
		if (remove.size > 0) {
			const gone = this.#events
				.toArray()
				.map((value) => remove.has(this.#eventOf(value)?.id ?? ''));
			for (let at = gone.length - 1; at >= 0; at--) if (gone[at]) this.#events.delete(at);
		}
		const log = append.filter((event) => !isFiling(event));
		if (log.length > 0) this.#events.push(log.map(packed));
		for (const event of append) if (isFiling(event)) this.#filing.set(event.id, event);
	}

	asks(): Ask[] {
		return [...this.#asks.values()].flatMap((value) => parseAsk(value) ?? []);
	}

	answer(id: string): AskAnswer | null {
		const value = this.#answers.get(id) as Partial<AskAnswer> | undefined;
		if (typeof value !== 'object' || typeof value.state !== 'string') return null;
		const { state, note } = value;
		return { state, ...(typeof note === 'string' && { note }) };
	}

	/** Within a transaction. */
	ask(ask: Ask): void {
		if (!this.#asks.has(ask.id)) this.#asks.set(ask.id, ask);
	}

	/** Within a transaction. */
	sayAnswer(id: string, answer: AskAnswer): void {
		this.#answers.set(id, answer);
	}

	/** Within a transaction: whoever asked knows what came of it. */
	forgetAsk(id: string): void {
		this.#asks.delete(id);
		this.#answers.delete(id);
	}

	#eventOf(value: unknown): SessionEvent | null {
		if (typeof value !== 'object' || value === null) return null;
		const known = parsed.get(value);
		if (known !== undefined) return known;
		const result = parseSessionEvent(unpacked(value, this.sessionId));
		const event =
			'value' in result && result.value.sessionId === this.sessionId ? result.value : null;
		parsed.set(value, event);
		return event;
	}
}
