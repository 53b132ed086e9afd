import type { JsonValue } from '../domain/json';
import type { CallId } from '../domain/log/event';
import { readPreference, writePreference } from './platform';

/** Something half-written that answers a call. */
export interface CallDraft {
	/** What it was written for: it is not taken up by a call that asks for something else. */
	readonly seal: string;
	/** What has been written, as plain data; null while it is nothing. */
	readonly written: JsonValue | null;
	/** Takes up what was written before. */
	takeUp(written: JsonValue): void;
}

interface Kept {
	seal: string;
	written: JsonValue;
}

/** The browser keeps only some megabytes for everything together, UTF-16 units of one draft. */
const MOST_CHARS = 200_000;

/** What a person has begun to answer to the calls of one session, by call; kept by the browser across reloads. */
export class CallDrafts {
	readonly #key: string;

	constructor(sessionId: string) {
		this.#key = `muster.call-drafts.${sessionId}`;
	}

	/** Gives a draft back what was kept of it. */
	restore(callId: CallId, draft: CallDraft): void {
		const kept = this.#read().get(callId);
		if (kept && kept.seal === draft.seal) draft.takeUp(kept.written);
	}

	/** Keeps a draft while its call `waits`; forgets it, and every other whose call does not wait any more. */
	keep(callId: CallId, draft: CallDraft, waits: (callId: CallId) => boolean): void {
		const { seal, written } = draft;
		const all = this.#read();
		const fits = written !== null && JSON.stringify(written).length <= MOST_CHARS;
		if (fits) all.set(callId, { seal, written });
		else all.delete(callId);
		for (const id of all.keys()) if (!waits(id)) all.delete(id);
		writePreference(this.#key, all.size === 0 ? null : JSON.stringify([...all]));
	}

	/** Anew each time: another tab may have the same session open. */
	#read(): Map<CallId, Kept> {
		try {
			return new Map(JSON.parse(readPreference(this.#key) ?? '[]') as [CallId, Kept][]);
		} catch {
			return new Map();
		}
	}
}
