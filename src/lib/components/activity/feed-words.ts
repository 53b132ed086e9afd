import type { FeedQuery, FeedType } from '$lib/domain/views/feed';
import type { ListTime } from '$lib/domain/views/list-query';

export const typeLabel: Record<FeedType, string> = {
	sessions: 'Runs and chats',
	requests: 'Requests and questions',
	filing: 'Filing',
	tickets: 'Tickets',
};

export const timeLabel: Record<ListTime, string> = {
	today: 'Today',
	week: 'This week',
	month: 'This month',
	all: 'All',
};

/** `name`: of the agent, where one is asked for. */
export function actorLabel(actor: string, name: string | undefined): string {
	if (actor === 'people') return 'People';
	return actor === 'agents' ? 'Agents' : (name ?? 'Unknown agent');
}

/** The filters that are on, each in words. */
export function filterWords({ type, time, actor }: FeedQuery, name: string | undefined): string[] {
	return [
		type && `Type: ${typeLabel[type]}`,
		actor && `By: ${actorLabel(actor, name)}`,
		time !== 'all' && `Time: ${timeLabel[time]}`,
	].filter((words) => typeof words === 'string');
}
