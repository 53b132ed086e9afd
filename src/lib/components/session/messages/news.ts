import type { TranscriptItem } from '$lib/domain/views/transcript-items';

/** What a screen reader is told of an item, once: whole messages, never pieces of them. */
export interface News {
	id: string;
	text: string;
	urgent: boolean;
}

/** A message is read as far as it can be listened to. */
const MOST_CHARS = 1500;

export function newsOf(item: TranscriptItem, nameOf: (actor: string) => string): News[] {
	switch (item.kind) {
		case 'turn': {
			const name = nameOf(item.actor);
			const parts = item.parts.flatMap((part): News[] => {
				const id = `${item.id}:${part.index}`;
				if (part.type === 'text' && part.done)
					return [{ id, text: `${name}: ${part.text.slice(0, MOST_CHARS)}`, urgent: false }];
				if (part.type !== 'tool') return [];
				if (part.status === 'asking')
					return [{ id: `${id}:asks`, text: `${name} wants to use ${part.tool}`, urgent: true }];
				if (part.status === 'asked')
					return [
						{
							id: `${id}:asks`,
							text: `${name} asks: ${part.questions?.[0]?.text ?? ''}`,
							urgent: true,
						},
					];
				return [];
			});
			if (item.status !== 'failed' || !item.failure || item.retryAt !== undefined) return parts;
			return [...parts, { id: `${item.id}:failed`, text: item.failure.message, urgent: true }];
		}
		case 'failure':
			return [{ id: item.id, text: item.failure.message, urgent: true }];
		case 'hold':
			return [{ id: item.id, text: item.message, urgent: true }];
		case 'output':
			return [{ id: item.id, text: 'There is an output', urgent: false }];
		default:
			return [];
	}
}
