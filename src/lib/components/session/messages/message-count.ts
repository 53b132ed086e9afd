import type { TranscriptItem } from '$lib/domain/views/transcript-items';

/** What was said: prompts, and turns that said something. */
export function messageCount(items: readonly TranscriptItem[]): number {
	let count = 0;
	for (const item of items) {
		if (item.kind === 'prompt') count++;
		else if (item.kind === 'turn' && item.status !== 'failed')
			count += item.parts.some((part) => part.type === 'text') ? 1 : 0;
	}
	return count;
}
