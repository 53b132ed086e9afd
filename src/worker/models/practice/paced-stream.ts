import type { Frame } from './stream-frames';

/** The frames at their pace: each when the tokens before it have been said. */
export function paced(
	frames: Frame[],
	tokensPerSecond: number | null,
	staysOpen: boolean,
	signal: AbortSignal | null,
): ReadableStream<Uint8Array<ArrayBuffer>> {
	const encoder = new TextEncoder();
	const stop = new AbortController();
	let next = 0;
	let said = 0;
	let begun: number | null = null;
	return new ReadableStream<Uint8Array<ArrayBuffer>>({
		start(controller) {
			signal?.addEventListener(
				'abort',
				() => {
					stop.abort();
					controller.error(signal.reason);
				},
				{ once: true },
			);
		},
		async pull(controller) {
			const frame = frames[next++];
			if (!frame) {
				if (staysOpen) await pause(null, stop.signal);
				else controller.close();
				return;
			}
			begun ??= performance.now();
			said += frame.tokens;
			if (tokensPerSecond) {
				const due = begun + (said / tokensPerSecond) * 1_000 - performance.now();
				if (due > 4) await pause(due, stop.signal);
			}
			if (!stop.signal.aborted) controller.enqueue(encoder.encode(frame.text));
		},
		cancel: () => stop.abort(),
	});
}

/** Ends after `ms` (null: never) or with the signal, whichever is first. */
function pause(ms: number | null, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const timer = ms === null ? undefined : setTimeout(done, ms);
		function done(): void {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		}
		signal.addEventListener('abort', done);
	});
}
