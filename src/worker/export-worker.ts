import type { ExportAsk, ExportNews } from '$lib/domain/export/manifest';
import { MAIN_DATABASE } from '$lib/domain/workspace';
import { MusterDb } from '$lib/store/db';
import { exportSessions } from './export/export-sessions';

/** Packs sessions, away from the page and from what runs. One ask; whoever has had enough ends the worker. */
self.onmessage = async ({ data }: MessageEvent<ExportAsk>) => {
	const say = (news: ExportNews) => self.postMessage(news);
	try {
		const db = new MusterDb(self.name || MAIN_DATABASE);
		for await (const news of exportSessions(db, data, Date.now())) say(news);
	} catch {
		say({
			is: 'failed',
			message: 'The export stopped: this device has no room, or its storage does not answer.',
		});
	}
};
