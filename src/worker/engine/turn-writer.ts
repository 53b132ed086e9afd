import type { ActorId, By, EventDraft, PartType, TurnId } from '$lib/domain/log/event';
import type { FinalPart, ModelEvent } from '../models/model-port';
import type { SessionLog } from '../journal/journal';
import type { LivePublisher } from './live-publisher';

/** Text that streams is made durable about four times a second. */
const DURABLE_EVERY_MS = 250;

interface OpenPart {
	part: PartType;
	tool?: string;
	startedAt: number;
	/** UTF-16 code units received so far. */
	length: number;
	/** Received and not yet durable. */
	pending: string;
	/** Seqs of its durable pieces. */
	pieces: number[];
}

/** Writes down what a model says while it says it: pieces as they come, then each part whole. */
export class TurnWriter {
	#open = new Map<number, OpenPart>();
	#timer: ReturnType<typeof setTimeout> | null = null;
	#failure: unknown = null;
	#by: By;

	constructor(
		private readonly log: SessionLog,
		private readonly live: LivePublisher,
		private readonly turnId: TurnId,
		actor: ActorId,
	) {
		this.#by = { kind: 'agent', actor };
	}

	/** Takes every event of a part. Throws what an append threw, at the latest on the next event. */
	async take(event: Exclude<ModelEvent, { type: 'start' | 'usage' | 'end' }>): Promise<void> {
		if (this.#failure) throw this.#failure;
		switch (event.type) {
			case 'part-started':
				return this.#begin(event);
			case 'delta':
				return this.#add(event.index, event.text);
			case 'part-ended':
				return this.#finish(event.index, event.part);
		}
	}

	/** Makes durable what has come so far. Call it before giving a turn up. */
	async flush(): Promise<void> {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		for (const [index, open] of this.#open) await this.#writePiece(index, open);
	}

	#begin({ index, part, tool }: Extract<ModelEvent, { type: 'part-started' }>): void {
		const type = streamedAs[part];
		if (!type) return;
		const startedAt = this.log.parts.now();
		this.#open.set(index, { part: type, tool, startedAt, length: 0, pending: '', pieces: [] });
	}

	#add(index: number, text: string): void {
		const open = this.#open.get(index);
		if (!open || text === '') return;
		const { sessionId } = this.log;
		const { part, tool, length } = open;
		this.live.stream({ sessionId, turnId: this.turnId, index, part, tool, from: length, text });
		open.length += text.length;
		open.pending += text;
		this.#timer ??= setTimeout(() => {
			this.flush().catch((error: unknown) => (this.#failure = error));
		}, DURABLE_EVERY_MS);
	}

	async #writePiece(index: number, open: OpenPart): Promise<void> {
		if (open.pending === '') return;
		const text = open.pending;
		open.pending = '';
		const { turnId } = this;
		const [piece] = await this.log.append([
			{ kind: 'part-delta', by: this.#by, turnId, index, part: open.part, text },
		]);
		if (piece) open.pieces.push(piece.seq);
	}

	async #finish(index: number, part: FinalPart): Promise<void> {
		const open = this.#open.get(index);
		this.#open.delete(index);
		const ms = open ? this.log.parts.now() - open.startedAt : 0;
		const draft = this.#draft(index, part, ms);
		await this.log.append([draft], { replaces: open?.pieces ?? [] });
	}

	#draft(index: number, part: FinalPart, ms: number): EventDraft {
		const at = { by: this.#by, turnId: this.turnId, index };
		switch (part.type) {
			case 'text':
				return { kind: 'text', ...at, text: part.text };
			case 'thinking':
				return { kind: 'thinking', ...at, text: part.text, signature: part.signature, ms };
			case 'redacted-thinking':
				return { kind: 'redacted-thinking', ...at, data: part.data };
			case 'tool-call': {
				const { tool, input, malformed } = part;
				return {
					kind: 'tool-call',
					...at,
					callId: this.#callId(part.callId),
					tool,
					input,
					malformed,
				};
			}
			case 'other':
				return { kind: 'other-part', ...at, raw: part.raw };
		}
	}

	/**
	 * Some servers number the calls of each message from zero, or give several calls of one message the same id;
	 * within a session an id means one call. A new id is one that every endpoint takes: [A-Za-z0-9_-].
	 */
	#callId(given: string): string {
		const { calls } = this.log.state;
		if (given && !calls.has(given)) return given;
		const stem = `${given || 'call'}-${this.turnId}`.replace(/[^A-Za-z0-9_-]/g, '-');
		let id = stem;
		for (let n = 2; calls.has(id); n++) id = `${stem}-${n}`;
		return id;
	}
}

const streamedAs: Partial<Record<FinalPart['type'], PartType>> = {
	text: 'text',
	thinking: 'thinking',
	'tool-call': 'tool-input',
};
