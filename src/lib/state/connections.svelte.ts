import type { Connection, ModelInfo } from '../domain/connection';
import { connectionFor, defaultFirst } from '../domain/connection-choice';
import { isPracticeModel, practiceNames } from '../domain/practice-names';
import { allAgents } from '../store/agents';
import { allConnections } from '../store/connections';
import { app } from './app.svelte';

/** This device's connections, oldest first, and which of them is used when nothing else is said. */
class Connections {
	#query = app.live(async (db) =>
		(await allConnections(db)).sort((one, other) => one.createdAt - other.createdAt),
	);

	#agents = app.live(allAgents);

	/** Null until the store has answered. */
	get all(): Connection[] | null {
		return this.#query.current ?? null;
	}

	/** The chosen default, or the oldest one while none is chosen or the chosen one is gone. */
	get default(): Connection | null {
		const chosen = app.settings?.defaultConnectionId;
		return this.byId(chosen ?? null) ?? this.all?.[0] ?? null;
	}

	/** All, the default one first: where a wish has no place of its own, the first that has the model is taken. */
	get ordered(): Connection[] {
		return defaultFirst(this.all ?? [], this.default?.id);
	}

	byId(id: string | null): Connection | null {
		return this.all?.find((connection) => connection.id === id) ?? null;
	}

	/**
	 * The model an agent with these choices runs on. One whose connection is not here takes another that has its model,
	 * or else the device default and that connection's first model. Null while nothing is connected.
	 */
	resolve(connectionId: string | null, model: string | null): ResolvedModel | null {
		const found = connectionFor(connectionId, model, this.ordered);
		const connection = found ?? this.default;
		if (!connection) return null;
		const id = (found && model) || (connection.models[0]?.id ?? null);
		const info = connection.models.find((one) => one.id === id) ?? null;
		return { connection, id, info };
	}

	/** What a model is called, also one of another device's connection: by whichever connection here has it. */
	modelName(connectionId: string | null | undefined, model: string): string {
		const found = connectionFor(connectionId, model, this.ordered);
		const named = found?.models.find(({ id }) => id === model)?.name;
		return named ?? (isPracticeModel(model) ? practiceNames[model] : model);
	}

	/** Names of the agents that ask for this very connection. */
	usedBy(id: string): string[] {
		return (this.#agents.current ?? [])
			.filter(({ connectionId }) => connectionId === id)
			.map(({ name }) => name);
	}

	makeDefault(id: string): Promise<void> {
		return app.set('defaultConnectionId', id);
	}

	/** Asks the endpoint again for its models. Resolves with their number. Throws `EngineFailure`. */
	async refresh(id: string): Promise<number> {
		const { models } = await app.ask('refresh-connection', { connectionId: id });
		return models.length;
	}

	/** Forgets the connection and its key. Throws `EngineFailure`. */
	async remove(id: string): Promise<void> {
		await app.ask('delete-connection', { connectionId: id });
	}
}

export interface ResolvedModel {
	connection: Connection;
	/** Null when the connection has no models. */
	id: string | null;
	/** Null where the connection does not list the model. */
	info: ModelInfo | null;
}

export const connections = new Connections();
