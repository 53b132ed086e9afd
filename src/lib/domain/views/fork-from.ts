import type { Attachment } from '../attachment';
import type { ForkPoint } from '../log/fork';
import type { TranscriptItem } from './transcript-items';

export interface ForkFrom {
	point: ForkPoint;
	/** What a person said there, to be said otherwise; empty after an answer. */
	text: string;
	attachments: readonly Attachment[];
}

/** Where to fork for going on from a message; null for what is none. */
export function forkFrom(item: TranscriptItem): ForkFrom | null {
	if (item.kind === 'prompt')
		return { point: { before: item.id }, text: item.text, attachments: item.attachments ?? [] };
	return item.kind === 'turn' ? { point: { after: item.id }, text: '', attachments: [] } : null;
}
