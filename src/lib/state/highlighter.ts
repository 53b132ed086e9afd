import {
	isHighlightable,
	type HighlightedCode,
	type HighlightReply,
	type HighlightRequest,
} from '../domain/markdown/highlight';

/** The page's end of the worker that colours code. The worker starts with the first question. */
let worker: Worker | null = null;
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
		signal.addEventListener('abort', () => settle({ id, result: null }), { once: true });
		worker?.postMessage({ id, code, lang } satisfies HighlightRequest);
	});
}

function start(): Worker {
	const started = new Worker(new URL('../../worker/highlight-worker.ts', import.meta.url), {
		type: 'module',
	});
	started.onmessage = ({ data }: MessageEvent<HighlightReply>) => settle(data);
	// Code without colour is still code: the next question gets a new worker.
	started.onerror = () => {
		started.terminate();
		if (worker === started) worker = null;
		for (const id of [...waiting.keys()]) settle({ id, result: null });
	};
	return started;
}

function settle({ id, result }: HighlightReply): void {
	waiting.get(id)?.(result);
	waiting.delete(id);
}
