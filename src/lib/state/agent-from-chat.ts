import { agentOfChat } from '../domain/agents/agent-from-chat';
import type { SessionState } from '../domain/log/state';
import type { TranscriptItem } from '../domain/views/transcript-items';
import { beginDraft } from './agent-draft.svelte';
import { app } from './app.svelte';
import { toasts } from './toasts.svelte';

/** Lays the draft of a new agent where the editor finds it. False, and told, where another one is not saved yet. */
export function agentFromChat(
	{ title, settings }: Pick<SessionState, 'title' | 'settings'>,
	items: readonly TranscriptItem[],
): boolean {
	const first = items.find((item) => item.kind === 'prompt');
	const agent = agentOfChat(
		{ title, settings, firstPrompt: first?.kind === 'prompt' ? first.text : '' },
		app.newId(),
		Date.now(),
	);
	if (beginDraft(agent)) return true;
	toasts.show({
		text: 'A new agent is not saved yet. Save or discard it in Agents, New agent, then try again.',
		tone: 'failed',
		icon: 's-failed',
		key: 'agent-from-chat',
	});
	return false;
}
