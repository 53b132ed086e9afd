/** The bytes of a workspace's file, unzipped → what is in it. Every line is checked, and the whole by its hash. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { parseAgent } from '../agents/parse-agent';
import { refuse, type ImportItem, type ImportRefused } from '../import/source';
import { isTextDeeper } from '../json-depth';
import type { SessionEvent } from '../log/event';
import { parseSessionEvent, type Parsed } from '../log/parse-event';
import { isRecord } from '../shape';
import { parseTicketEvent } from '../tickets/parse-event';
import type { TicketEvent } from '../tickets/ticket';
import {
	FORMAT,
	FORMAT_VERSION,
	MOST_LINE_BYTES,
	MOST_LINE_LEVELS,
	noCounts,
	type Counts,
	type End,
} from './format';
import { linesOf } from './lines';
import { parseSettings } from './parse-settings';

/** What is told beside the items. */
export interface Reading {
	/** Lines of kinds that this version does not know. */
	unknown: number;
}

/**
 * Everything in a workspace's file, in its order. Throws `ImportRefused`, also after the last item: only a file that
 * was read to its end is known to be whole.
 */
export async function* readWorkspace(
	chunks: AsyncIterable<Uint8Array>,
	reading: Reading = { unknown: 0 },
): AsyncGenerator<ImportItem, void> {
	const reader = new Reader(reading);
	try {
		for await (const bytes of linesOf(chunks, MOST_LINE_BYTES)) {
			const item = reader.take(bytes);
			if (item) yield item;
		}
	} catch (error) {
		throw error instanceof RangeError ? damaged('a line is longer than any can be') : error;
	}
	reader.finish();
}

/** Kinds of lines, in their order. */
const order = ['settings', 'agent', 'ticket', 'event'] as const;

/** A log that is being read: it is whole once the line of another one follows. */
type OpenLog = { ids: Set<string> } & Extract<ImportItem, { kind: 'session' | 'ticket' }>;

class Reader {
	#hash = sha256.create();
	#decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	#counts: Counts = { ...noCounts };
	#line = 0;
	#end: End | null = null;
	#rank = 0;
	#open: OpenLog | null = null;
	#lastId = { session: '', ticket: '' };

	constructor(private readonly reading: Reading) {}

	/** The item that this line shows to be whole. */
	take(bytes: Uint8Array): ImportItem | null {
		this.#line++;
		if (this.#end) throw damaged('something follows its end');
		const line = this.#parse(bytes);
		if ('end' in line) {
			this.#end = this.#checkedEnd(line['end']);
			return this.#closed();
		}
		this.#hash.update(bytes);
		if (this.#line > 1) return this.#item(line);
		checkHeader(line);
		return null;
	}

	finish(): void {
		if (this.#line === 0) throw notOurs();
		if (!this.#end) throw damaged('its end is missing');
	}

	#parse(bytes: Uint8Array): Record<string, unknown> {
		let value: unknown = null;
		try {
			const text = this.#decoder.decode(bytes);
			if (!isTextDeeper(text, MOST_LINE_LEVELS)) value = JSON.parse(text);
		} catch {
			// Neither text nor JSON: no object either.
		}
		if (isRecord(value)) return value;
		throw this.#line === 1 ? notOurs() : damaged(`line ${this.#line} cannot be read`);
	}

	#item(line: Record<string, unknown>): ImportItem | null {
		const rank = order.findIndex((name) => name in line);
		const name = order[rank];
		if (name === undefined) {
			this.reading.unknown++;
			return null;
		}
		if (rank < this.#rank) throw this.#misplaced();
		this.#rank = rank;
		switch (name) {
			case 'settings':
				return { kind: 'settings', settings: this.#sound(parseSettings(line[name])) };
			case 'agent':
				this.#counts.agents++;
				return { kind: 'agent', agent: this.#sound(parseAgent(line[name])) };
			case 'ticket': {
				const event = this.#sound(parseTicketEvent(line[name]));
				this.#counts.ticketEvents++;
				if (this.#open?.kind === 'ticket' && this.#open.ticketId === event.ticketId)
					return this.#addTo(this.#open, event);
				const before = this.#begin('ticket', event.ticketId, event.kind === 'ticket-created');
				this.#counts.tickets++;
				const { ticketId, id } = event;
				this.#open = { kind: 'ticket', ticketId, events: [event], ids: new Set([id]) };
				return before;
			}
			case 'event': {
				const event = this.#sound(parseSessionEvent(line[name]));
				this.#counts.events++;
				if (this.#open?.kind === 'session' && this.#open.sessionId === event.sessionId)
					return this.#addTo(this.#open, event);
				const before = this.#begin('session', event.sessionId, event.kind === 'created');
				this.#counts.sessions++;
				const { sessionId, id } = event;
				this.#open = { kind: 'session', sessionId, events: [event], ids: new Set([id]) };
				return before;
			}
		}
	}

	#addTo(log: OpenLog, event: SessionEvent | TicketEvent): null {
		if (log.ids.has(event.id)) throw damaged(`line ${this.#line} says an event again`);
		log.ids.add(event.id);
		(log.events as (SessionEvent | TicketEvent)[]).push(event);
		return null;
	}

	/** The log before, which is whole now that another one begins. */
	#begin(kind: 'session' | 'ticket', id: string, isBeginning: boolean): ImportItem | null {
		if (id <= this.#lastId[kind]) throw this.#misplaced();
		if (!isBeginning) throw damaged(`the ${kind} in line ${this.#line} has lost its beginning`);
		this.#lastId[kind] = id;
		return this.#closed();
	}

	#closed(): ImportItem | null {
		if (!this.#open) return null;
		const { ids: _, ...item } = this.#open;
		this.#open = null;
		return item;
	}

	#checkedEnd(value: unknown): End {
		const end = isRecord(value) ? (value as unknown as End) : null;
		const isWhole =
			this.#line > 1 &&
			end?.sha256 === bytesToHex(this.#hash.digest()) &&
			Object.entries(this.#counts).every(([name, n]) => end[name as keyof Counts] === n);
		if (!isWhole) throw damaged('its checksum does not fit what is in it');
		return end;
	}

	#sound<T>(parsed: Parsed<T>): T {
		if ('value' in parsed) return parsed.value;
		throw damaged(`line ${this.#line}: ${parsed.problem}`);
	}

	#misplaced(): ImportRefused {
		return damaged(`line ${this.#line} is out of its order`);
	}
}

function checkHeader(line: Record<string, unknown>): void {
	if (line['format'] !== FORMAT) throw notOurs();
	const { version } = line;
	if (typeof version !== 'number') throw damaged('it does not say its version');
	if (version > FORMAT_VERSION)
		throw refuse(
			'newer-version',
			`This file was written by a newer version of Muster (its format is ${version}, this one reads up to ${FORMAT_VERSION}).`,
			'Update Muster, then import it again. Nothing was changed.',
		);
}

export function damaged(what: string): ImportRefused {
	return refuse(
		'damaged',
		`This file is damaged: ${what}.`,
		'Export the workspace once more, or use another copy of the file. Nothing was changed.',
	);
}

export function notOurs(): ImportRefused {
	return refuse(
		'not-ours',
		'This is no file that Muster can import.',
		'Choose a workspace file (.muster), or session files of Claude Code (.jsonl).',
	);
}
