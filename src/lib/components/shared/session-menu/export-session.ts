import { MAIN } from '$lib/domain/log/event';
import { actingAgent } from '$lib/domain/agents/chat-agent';
import { foldSession } from '$lib/domain/log/session-state';
import { sessionMarkdown } from '$lib/domain/views/session-markdown';
import { foldTranscript } from '$lib/domain/views/transcript';
import { readLog } from '$lib/state/session-reading';
import { toasts } from '$lib/state/toasts.svelte';
import { fileName, saveFile, sessionFile } from '../save-file';

/** Hands a whole session to the browser's downloads, and says so. */
export async function exportSession(id: string, as: 'json' | 'markdown'): Promise<void> {
	try {
		const events = await readLog(id);
		const state = foldSession(id, events);
		if (as === 'json') {
			const { blob, name } = await sessionFile(id, state.title, events);
			saveFile(blob, name);
		} else {
			const { items } = foldTranscript(events);
			const nameOf = (actor: string) => (actor === MAIN ? actingAgent(state).name : actor);
			const text = sessionMarkdown({ title: state.title, items, nameOf });
			saveFile(new Blob([text], { type: 'text/markdown' }), fileName(state.title, 'md'));
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
