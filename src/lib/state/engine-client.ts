import type { Failure } from '../domain/log/event';
import type { EngineApi, EngineAsk, EngineResponse } from '../domain/rpc';
import { shownDatabase } from './workspace-choice';

/** What the worker answered instead of a result. The failure is fit to be shown. */
export class EngineFailure extends Error {
	override name = 'EngineFailure';
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

interface Waiting {
	resolve(value: never): void;
	reject(error: EngineFailure): void;
}

/** The page's end of its tab's engine worker: typed questions and answers. */
export class EngineClient {
	#worker: Worker;
	#n = 0;
	#waiting = new Map<number, Waiting>();

	/** `onCrash` is told when the worker could not be loaded or threw where nobody caught it. */
	constructor(onCrash: (failure: Failure) => void) {
		this.#worker = new Worker(new URL('../../worker/engine-worker.ts', import.meta.url), {
			type: 'module',
			name: shownDatabase,
		});
		this.#worker.onmessage = ({ data }: MessageEvent<EngineResponse>) => this.#settle(data);
		this.#worker.onerror = (event) => {
			const failure: Failure = {
				code: 'engine-crashed',
				message: `The engine stopped: ${event.message || 'its script could not be loaded'}.`,
				advice: 'Reload the page. Runs go on from their last saved step.',
			};
			for (const waiting of this.#waiting.values()) waiting.reject(new EngineFailure(failure));
			this.#waiting.clear();
			onCrash(failure);
		};
	}

	/** Throws {@link EngineFailure}. */
	ask<K extends EngineAsk>(ask: K, value: EngineApi[K]['ask']): Promise<EngineApi[K]['answer']> {
		const n = ++this.#n;
		return new Promise((resolve, reject) => {
			this.#waiting.set(n, { resolve, reject });
			this.#worker.postMessage({ n, ask, value });
		});
	}

	stop(): void {
		this.#worker.terminate();
	}

	#settle(response: EngineResponse): void {
		const waiting = this.#waiting.get(response.n);
		this.#waiting.delete(response.n);
		if (response.ok) waiting?.resolve(response.value as never);
		else waiting?.reject(new EngineFailure(response.failure));
	}
}
