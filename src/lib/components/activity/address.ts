import { feedQueryParams, parseFeedQuery, type FeedQuery } from '$lib/domain/views/feed';

/** What an address asks for as text: the same for addresses that ask for the same. */
export function feedAsked(params: URLSearchParams): string {
	return feedQueryParams(parseFeedQuery(params)).toString();
}

export const queryAsked = (asked: string): FeedQuery => parseFeedQuery(new URLSearchParams(asked));

export function addressOf(query: FeedQuery): string {
	const params = feedQueryParams(query).toString();
	return params ? `/activity?${params}` : '/activity';
}
