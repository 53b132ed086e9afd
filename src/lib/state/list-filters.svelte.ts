import { toldApart } from '../domain/agents/told-apart';
import { formatDay } from '../domain/format';
import type { Place } from '../domain/session-row';
import { countKey, facet, valueOf, type Facet } from '../domain/views/facets';
import type { FilterName } from '../domain/views/list-query';
import { lastRuns } from '../store/agent-runs';
import { agentById } from '../store/agents';
import type { MusterDb } from '../store/db';
import { countsOf, countsUnder } from '../store/session-rows';
import { app } from './app.svelte';
import type { LiveQuery } from './live-query.svelte';

/** A value some rows have, and how many of them. */
export interface FilterValue {
	value: string;
	/** Of agents: what they are called; else empty. */
	name: string;
	count: number;
}

/** How many runs there are in the views that say so. Kept numbers: nothing is counted. */
export const viewCounts = app.live(async (db) => {
	const [needsYou = 0, running = 0, deleted = 0] = await countsOf(db, [
		countKey('run', 'needs-you'),
		countKey('run', facet('status', 'running')),
		countKey('run-deleted', 'all'),
	]);
	return { needsYou, running, deleted };
});

/** The values a filter can take in a place, the most frequent first. */
export function filterValues(place: Place, name: FilterName): LiveQuery<FilterValue[]> {
	return app.live(async (db) => {
		const counts = await countsUnder(db, countKey(place, `${name}:` as Facet));
		const values = counts
			.map(({ key, n }) => ({ value: valueOf(place, name, key), count: n }))
			.sort((one, other) => other.count - one.count);
		const names =
			name === 'agent'
				? await agentNames(
						db,
						values.map(({ value }) => value),
					)
				: null;
		return values.map((one) => ({ ...one, name: names?.get(one.value) ?? '' }));
	});
}

/** What an agent is called, also after it was deleted: its runs remember. */
export function agentName(id: string): LiveQuery<string> {
	return app.live(async (db) => (await agentNames(db, [id])).get(id) ?? '');
}

async function agentNames(db: MusterDb, ids: string[]): Promise<Map<string, string>> {
	const runs = await lastRuns(db, ids);
	const agents = await Promise.all(ids.map((id) => agentById(db, id)));
	const all = ids.map((id, i) => ({
		id,
		name: agents[i]?.name ?? runs.get(id)?.agentName ?? '',
		model: agents[i]?.model ?? '',
		born: agents[i]?.createdAt ?? null,
	}));
	const apart = toldApart(all, (at) => formatDay(at, Date.now()).rest);
	return new Map(
		all.map(({ id, name }) => [id, apart.has(id) ? `${name} (${apart.get(id)})` : name]),
	);
}
