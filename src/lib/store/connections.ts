import type { Connection } from '../domain/connection';
import type { MusterDb, SecretRecord } from './db';

export function allConnections(db: MusterDb): Promise<Connection[]> {
	return db.connections.toArray();
}

export function connectionById(db: MusterDb, id: string): Promise<Connection | undefined> {
	return db.connections.get(id);
}

/**
 * Writes a connection together with its sealed key: `secret` null removes the key, undefined leaves it as it is.
 * The first connection of a device becomes its default.
 */
export function saveConnection(
	db: MusterDb,
	connection: Connection,
	secret: SecretRecord | null | undefined,
): Promise<void> {
	return db.transaction('rw', db.connections, db.secrets, db.settings, async () => {
		await db.connections.put(connection);
		if (secret) await db.secrets.put(secret);
		else if (secret === null) await db.secrets.delete(connection.id);
		const chosen = await db.settings.get('defaultConnectionId');
		const valid = typeof chosen?.value === 'string' && (await db.connections.get(chosen.value));
		if (!valid) await db.settings.put({ key: 'defaultConnectionId', value: connection.id });
	});
}

/** What an endpoint answered about itself; does nothing where the connection has gone meanwhile. */
export async function updateModels(
	db: MusterDb,
	id: string,
	answered: Pick<Connection, 'models' | 'checkedAt'>,
): Promise<void> {
	await db.connections.update(id, answered);
}

/** Forgets a connection, its key, and its being the default. */
export function deleteConnection(db: MusterDb, id: string): Promise<void> {
	return db.transaction('rw', db.connections, db.secrets, db.settings, async () => {
		await db.connections.delete(id);
		await db.secrets.delete(id);
		const chosen = await db.settings.get('defaultConnectionId');
		if (chosen?.value !== id) return;
		const [next] = await db.connections.toArray();
		await db.settings.put({ key: 'defaultConnectionId', value: next?.id ?? null });
	});
}
