import {
	isHighlightable,
	type HighlightedCode,
	type HighlightReply,
	type HighlightRequest,
} from '../domain/markdown/highlight';

/** A worker that is silent for so long, ms, is caught in a text its grammar can't take. */
const patienceMs = 15_000;

/** The page's end of the worker that colours code. The worker starts with the first question. */
let worker: Worker | null = null;
let patience: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;
const waiting = new Map<number, (result: HighlightedCode | null) => void>();

/**
 * Colours for a code, found off the page's thread.
 *
 * @returns null when there are none: the code is too large, its language has no grammar here,
 * or nobody waits any more
 */
export function highlight(
	code: string,
	lang: string,
	signal: AbortSignal,
): Promise<HighlightedCode | null> {
	if (signal.aborted || !isHighlightable(code)) return Promise.resolve(null);
	worker ??= start();
	const id = ++lastId;
	return new Promise((resolve) => {
		waiting.set(id, resolve);
		signal.addEventListener('abort', () => waiting.get(id)?.(null), { once: true });
		worker?.postMessage({ id, code, lang } satisfies HighlightRequest);
		if (waiting.size === 1) bePatient();
	});
}

function start(): Worker {
	const started = new Worker(new URL('../../worker/highlight-worker.ts', import.meta.url), {
		type: 'module',
	});
	started.onmessage = ({ data }: MessageEvent<HighlightReply>) => {
		waiting.get(data.id)?.(data.result);
		waiting.delete(data.id);
		bePatient();
	};
	started.onerror = giveUp;
	return started;
}

function bePatient(): void {
	clearTimeout(patience);
	if (waiting.size > 0) patience = setTimeout(giveUp, patienceMs);
}

/** Code without colour is still code. The next question gets a new worker. */
function giveUp(): void {
	clearTimeout(patience);
	worker?.terminate();
	worker = null;
	for (const resolve of waiting.values()) resolve(null);
	waiting.clear();
}
