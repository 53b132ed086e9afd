import { shownDatabase } from './workspace-choice';
import type { ExportAsk, ExportNews, ExportWish, LeftOut } from '../domain/export/manifest';

/** What was asked for last is offered first. */
let lastWish: ExportWish = { outputs: true, json: false, markdown: false };

export function wishedLast(): ExportWish {
	return { ...lastWish };
}

export type ExportStage =
	| { is: 'packing'; done: number; of: number }
	| { is: 'done'; exported: number; leftOut: readonly LeftOut[] }
	| { is: 'failed'; message: string };

/** One export of sessions, in a worker of its own that ends with it. */
export class BulkExport {
	#stage = $state.raw<ExportStage>({ is: 'packing', done: 0, of: 0 });
	#worker: Worker;
	#save: (blob: Blob, name: string) => void;

	/** `save` is given every archive as it is finished. */
	constructor(ask: ExportAsk, save: (blob: Blob, name: string) => void) {
		lastWish = { ...ask.wish };
		this.#save = save;
		this.#stage = { is: 'packing', done: 0, of: ask.ids.length };
		this.#worker = new Worker(new URL('../../worker/export-worker.ts', import.meta.url), {
			type: 'module',
			name: shownDatabase,
		});
		this.#worker.onmessage = ({ data }: MessageEvent<ExportNews>) => this.#hear(data);
		this.#worker.onerror = () =>
			this.#end({
				is: 'failed',
				message: 'The export could not begin: a part of Muster is missing. Reload the page.',
			});
		this.#worker.postMessage(ask);
	}

	get stage(): ExportStage {
		return this.#stage;
	}

	/** Nothing more of it is saved. */
	cancel(): void {
		this.#worker.terminate();
	}

	#hear(news: ExportNews): void {
		switch (news.is) {
			case 'progress':
				this.#stage = { is: 'packing', done: news.done, of: news.of };
				return;
			case 'archive':
				return this.#save(news.blob, news.name);
			case 'done':
				return this.#end({ is: 'done', exported: news.exported, leftOut: news.leftOut });
			case 'failed':
				return this.#end(news);
		}
	}

	#end(stage: ExportStage): void {
		this.#stage = stage;
		this.#worker.terminate();
	}
}
