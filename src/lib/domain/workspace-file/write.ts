/** A workspace as the bytes of its file, unzipped. Pure: what there is comes in, in the order of the format. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { StoredEvent } from '../log/event';
import type { StoredTicketEvent } from '../tickets/ticket';
import {
	FORMAT,
	FORMAT_VERSION,
	MOST_LINE_BYTES,
	noCounts,
	type Counts,
	type End,
	type Header,
	type Line,
} from './format';

type Written = Exclude<Line, { event: unknown } | { ticket: unknown }> | Logged;
type Logged = { event: StoredEvent } | { ticket: StoredTicketEvent };

export class WorkspaceWriter {
	#hash = sha256.create();
	#counts: Counts = { ...noCounts };
	#encoder = new TextEncoder();
	#session = '';
	#ticket = '';

	get counts(): Readonly<Counts> {
		return this.#counts;
	}

	begin(header: Omit<Header, 'format' | 'version'>): Uint8Array<ArrayBuffer> {
		return this.#encode({ format: FORMAT, version: FORMAT_VERSION, ...header });
	}

	/** Many lines at once are one piece. Throws where one is longer than a reader takes. */
	lines(lines: readonly Written[]): Uint8Array<ArrayBuffer> {
		const texts = lines.map((line) => {
			this.#count(line);
			return JSON.stringify(written(line));
		});
		for (const text of texts)
			// No code unit takes more than three bytes.
			if (text.length * 3 > MOST_LINE_BYTES && this.#encoder.encode(text).length > MOST_LINE_BYTES)
				throw new RangeError('A line of the workspace is too long for its file');
		const bytes = this.#encoder.encode(texts.map((text) => `${text}\n`).join(''));
		this.#hash.update(bytes);
		return bytes;
	}

	end(): Uint8Array<ArrayBuffer> {
		const end: End = { ...this.#counts, sha256: bytesToHex(this.#hash.digest()) };
		return this.#encoder.encode(`${JSON.stringify({ end })}\n`);
	}

	#encode(value: object): Uint8Array<ArrayBuffer> {
		const bytes = this.#encoder.encode(`${JSON.stringify(value)}\n`);
		this.#hash.update(bytes);
		return bytes;
	}

	#count(line: Written): void {
		if ('event' in line) {
			this.#counts.events++;
			if (line.event.sessionId !== this.#session) this.#counts.sessions++;
			this.#session = line.event.sessionId;
		} else if ('ticket' in line) {
			this.#counts.ticketEvents++;
			if (line.ticket.ticketId !== this.#ticket) this.#counts.tickets++;
			this.#ticket = line.ticket.ticketId;
		} else if ('agent' in line) this.#counts.agents++;
	}
}

/** Without what is of this device: places in its logs, connections. */
function written(line: Written): object {
	if ('event' in line) {
		const { seq: _, feedAt: __, ...event } = line.event;
		return { event };
	}
	if ('ticket' in line) {
		const { seq: _, ...ticket } = line.ticket;
		return { ticket };
	}
	return 'agent' in line ? { agent: { ...line.agent, connectionId: null } } : line;
}
