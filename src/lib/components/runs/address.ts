import { listQueryParams, parseListQuery, type ListQuery } from '$lib/domain/views/list-query';

/** An address with the list it stands in: "/runs/01J…?view=running&time=week". */
export function withQuery(path: string, query: ListQuery): string {
	const search = listQueryParams(query).toString();
	return search ? `${path}?${search}` : path;
}

/** What of an address asks for a list, as text: the same for addresses that ask for the same. */
export function listAsked(params: URLSearchParams): string {
	return listQueryParams(parseListQuery(params)).toString();
}

export function queryAsked(text: string): ListQuery {
	return parseListQuery(new URLSearchParams(text));
}
