import { isListView, type ListView } from '$lib/domain/views/list';

/** The view an address asks for: "/runs?view=running". */
export function viewOf(url: URL): ListView {
	const asked = url.searchParams.get('view');
	return isListView(asked) ? asked : 'all';
}

export function withView(path: string, view: ListView): string {
	return view === 'all' ? path : `${path}?view=${view}`;
}
