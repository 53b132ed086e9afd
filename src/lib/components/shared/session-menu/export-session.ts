import { markdownOf, sessionJson } from '$lib/domain/export/session-pieces';
import { foldSession } from '$lib/domain/log/session-state';
import { readLog } from '$lib/state/session-reading';
import { toasts } from '$lib/state/toasts.svelte';
import { fileName, saveFile } from '../save-file';

/** Events written between two pauses of the page. */
const BITE = 200;

/** Hands a whole session to the browser's downloads, and says so. */
export async function exportSession(id: string, as: 'json' | 'markdown'): Promise<void> {
	try {
		const events = await readLog(id);
		const { title } = foldSession(id, events);
		if (as === 'json') {
			const blob = new Blob(await inBites(sessionJson(id, events)), { type: 'application/json' });
			saveFile(blob, fileName(title, 'muster.json'));
		} else {
			const blob = new Blob([markdownOf(id, events)], { type: 'text/markdown' });
			saveFile(blob, fileName(title, 'md'));
		}
		toasts.show({ text: `Exported ${events.length} events`, icon: 'export', key: 'export' });
	} catch {
		toasts.show({
			text: 'The export stopped. Free some space, then export again.',
			tone: 'failed',
			icon: 's-failed',
			key: 'export',
		});
	}
}

/** Writes a bite at a time, so that the page stays awake. */
async function inBites(text: Iterable<string>): Promise<string[]> {
	const written: string[] = [];
	for (const piece of text) {
		written.push(piece);
		if (written.length % BITE === 0) await new Promise((resolve) => setTimeout(resolve));
	}
	return written;
}
