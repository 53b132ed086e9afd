/** Which of a device's connections a wish is for. Connections are a device's own; agents and sessions go to others. Pure. */
import type { Connection } from './connection';

/** The default one first, then the oldest. */
export function defaultFirst(
	connections: readonly Connection[],
	defaultId: string | null | undefined,
): Connection[] {
	return [...connections].sort(
		(a, b) => Number(b.id === defaultId) - Number(a.id === defaultId) || a.createdAt - b.createdAt,
	);
}

/** The wished-for connection, or the first that has the same model, or none. */
export function connectionFor(
	connectionId: string | null | undefined,
	model: string | null | undefined,
	connections: readonly Connection[],
): Connection | undefined {
	return (
		connections.find(({ id }) => id === connectionId) ??
		connections.find(({ models }) => models.some(({ id }) => id === model))
	);
}
