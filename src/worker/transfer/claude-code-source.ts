import { claudeCodeSessions } from '$lib/domain/import/claude-code';
import { BROKEN_LINE } from '$lib/domain/import/claude-code-events';
import type { ImportItem, ImportSource } from '$lib/domain/import/source';
import type { StoredEvent } from '$lib/domain/log/event';
import { linesOf } from '$lib/domain/workspace-file/lines';

/** Of one line: what is longer is no message. */
const MOST_LINE_BYTES = 64 * 1024 * 1024;
/** Its reader goes through every file once to see what belongs together, and once for what is in it. */
const TIMES = 2;

/** Session files of Claude Code, as many as there are. */
export class ClaudeCodeSource implements ImportSource {
	readonly what = 'Claude Code sessions';
	readonly size: number;
	readonly left: string[] = [];
	#read = 0;

	constructor(private readonly files: readonly File[]) {
		this.size = files.reduce((sum, { size }) => sum + size, 0);
	}

	get read(): number {
		return Math.min(this.size, Math.floor(this.#read / TIMES));
	}

	async *items(): AsyncIterable<ImportItem> {
		const files = this.files.map((file) => ({
			name: file.name,
			lines: () => this.#lines(file),
		}));
		for await (const found of claudeCodeSessions(files)) {
			if (found.kind === 'nothing') this.left.push(`${found.name}: ${found.why}`);
			else {
				const { sessionId, events, warnings } = found;
				if (warnings > 0) this.left.push(...brokenLines(events));
				yield { kind: 'session', sessionId, events, grows: true };
			}
		}
	}

	async *#lines(file: File): AsyncIterable<string> {
		// Bytes that are no text show as such: one broken line costs no session.
		const decoder = new TextDecoder();
		for await (const line of linesOf(this.#chunks(file), MOST_LINE_BYTES))
			yield decoder.decode(line).replace(/\r?\n$/, '');
	}

	async *#chunks(file: File): AsyncIterable<Uint8Array> {
		const reader = file.stream().getReader();
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (done) return;
				this.#read += value.length;
				yield value;
			}
		} finally {
			await reader.cancel().catch(() => undefined);
		}
	}
}

function brokenLines(events: readonly StoredEvent[]): string[] {
	return events.flatMap((event) =>
		event.kind === 'warning' && event.code === BROKEN_LINE ? [event.message] : [],
	);
}
