import type { MusterDb } from '$lib/store/db';
import { connectionById } from '$lib/store/connections';
import { ModelError, type ModelPort, type ModelPorts } from '../models/model-port';
import { endpointOf, realWorld, type World } from './endpoint-of';
import { openKey } from './key-vault';
import { lazily } from './lazily';

/**
 * Ports by connection, out of the store. Key and models are read at every opening, so that a change of the
 * connection holds from the next call on. The SDK is loaded with the first opening, not with the worker.
 */
export function storedPorts(db: MusterDb, world: World = realWorld): ModelPorts {
	// The practice model counts tries across calls: it is one and the same as long as the worker lives.
	let practice: Promise<ModelPort> | null = null;

	async function open(connectionId: string): Promise<ModelPort> {
		const connection = await connectionById(db, connectionId);
		if (!connection) throw noConnection();
		const key = connection.kind === 'practice' ? null : await openKey(db, connectionId);
		const port = async (): Promise<ModelPort> => {
			const { sdkModel } = await lazily(() => import('../models/sdk-model'));
			const endpoint = await endpointOf(connection, key, world);
			return sdkModel({
				...endpoint,
				models: connection.models,
				rawSchemas: connection.kind === 'practice',
				surroundings: world.surroundings,
			});
		};
		if (connection.kind !== 'practice') return port();
		practice ??= port();
		try {
			return await practice;
		} catch (error) {
			practice = null;
			throw error;
		}
	}

	return { open };
}

function noConnection(): ModelError {
	return new ModelError(
		{
			code: 'no-connection',
			// Read on other devices, too.
			message: 'The connection of this run is not on the device that ran it.',
			advice: 'Choose another model below and try again, or add it again in Settings, Connections.',
		},
		false,
	);
}
