/**
 * The one database of a workspace on a device. Versions are append-only: each has its reason and a fixture of
 * old data (tests/fixtures/db) that must still open.
 */
import { Dexie, type Table } from 'dexie';
import type { Agent } from '../domain/agent';
import type { CommandRecord } from '../domain/command';
import type { Connection } from '../domain/connection';
import type { StoredEvent } from '../domain/log/event';
import type { SessionRow } from '../domain/session-row';
import { strictOpen } from './strict-open';

/** An endpoint's key under the device's key: AES-256-GCM, `iv` 12 bytes, bound to the connection's id. */
export interface SecretRecord {
	connectionId: string;
	v: 1;
	iv: Uint8Array<ArrayBuffer>;
	sealed: ArrayBuffer;
}

export interface SettingRecord {
	key: string;
	value: unknown;
}

export class MusterDb extends Dexie {
	declare events: Table<StoredEvent, [string, number]>;
	declare sessions: Table<SessionRow, string>;
	declare commands: Table<CommandRecord, number>;
	declare agents: Table<Agent, string>;
	declare connections: Table<Connection, string>;
	declare secrets: Table<SecretRecord, string>;
	declare settings: Table<SettingRecord, string>;

	/** `name` is the workspace's database, `muster` for the first one. */
	constructor(name = 'muster') {
		// Strict: an event must be on disk, not in a buffer, before anything acts on it.
		super(name, { chromeTransactionDurability: 'strict', indexedDB: strictOpen });
		// 1: the first: logs, their rows, commands, agents, endpoints with their sealed keys, settings.
		this.version(1).stores({
			events: '[sessionId+seq], &id',
			sessions: 'id, startedAt, status, [status+startedAt], [agentId+startedAt]',
			commands: '++n, &id, state, sessionId',
			agents: 'id, updatedAt',
			connections: 'id',
			secrets: 'connectionId',
			settings: 'key',
		});
	}
}
