import { listQueryParams, type ListQuery } from '$lib/domain/views/list-query';

/** An address with the list it stands in: "/runs/01J…?view=running&time=week". */
export function withQuery(path: string, query: ListQuery): string {
	const search = listQueryParams(query).toString();
	return search ? `${path}?${search}` : path;
}
