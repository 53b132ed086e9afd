import type { MusterDb } from './db';
import { deviceKeyName } from './secrets';

/**
 * Connections of one workspace of this device for another, empty one, with the keys of models as they are sealed. For the worker
 * only, as all that touches what opens them.
 */
export async function copyConnections(from: MusterDb, to: MusterDb): Promise<void> {
	const [connections, secrets, settings] = await Promise.all([
		from.connections.toArray(),
		from.secrets.toArray(),
		from.settings.bulkGet(['defaultConnectionId', deviceKeyName]),
	]);
	await to.transaction('rw', [to.connections, to.secrets, to.settings], async () => {
		await to.connections.bulkPut(connections);
		await to.secrets.bulkPut(secrets);
		await to.settings.bulkPut(settings.filter((record) => record !== undefined));
	});
}
