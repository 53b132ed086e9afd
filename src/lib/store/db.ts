/**
 * The one database of a workspace on a device. Versions are append-only: each has its reason and a fixture of
 * old data (tests/fixtures/db) that must still open.
 */
import { Dexie, type Table } from 'dexie';
import type { Agent } from '../domain/agent';
import type { CommandRecord } from '../domain/command';
import type { Connection } from '../domain/connection';
import type { StoredEvent } from '../domain/log/event';
import type { DeviceCard, Membership } from '../domain/sync/membership';
import type { SyncStatus } from '../domain/sync/sync-status';
import type { Ticket, StoredTicketEvent } from '../domain/tickets/ticket';
import type { CountRecord, StoredRow } from './stored-row';
import { strictOpen } from './strict-open';
import type { SyncTask } from './sync-task';
import { toVersion2, toVersion3 } from './upgrades';

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

/**
 * A session whose words are in the index, under the number that the index knows it by. Numbers rise with the start
 * of sessions, more or less: newer ones are given out upwards, older ones downwards (below zero, too). A number is
 * free again once no posting has it.
 */
export interface SearchDocument {
	n: number;
	/** Of a session taken away for good: its number alone, so that it can be taken out of the postings. */
	sessionId: string;
	/** Seq of the last event whose words are in the index. */
	seq: number;
	/** Epoch ms. */
	startedAt: number;
	/** Set once the session has gone. */
	gone?: 1;
}

/** Which documents of a block hold a word: their places in the block, rising. The key is [block, word]. */
export type SearchPosting = Uint16Array;

/** A session whose row was written or taken away: the index has yet to look at it. Written with the row. */
export interface SearchTask {
	n?: number;
	sessionId: string;
}

/** A room that this device keeps. docs/sync.md §6 */
export interface RoomRecord {
	/** By which the relay knows it. */
	name: string;
	/** 1: there are batches of this device that the relay has not confirmed. */
	unconfirmed: 0 | 1;
}

/** An update of a room's outer document, or a change of its inner one that is in no batch yet. */
export interface RoomUpdateRecord {
	n?: number;
	room: string;
	update: Uint8Array;
}

export class MusterDb extends Dexie {
	declare events: Table<StoredEvent, [string, number]>;
	declare sessions: Table<StoredRow, string>;
	declare commands: Table<CommandRecord, number>;
	declare agents: Table<Agent, string>;
	declare connections: Table<Connection, string>;
	declare secrets: Table<SecretRecord, string>;
	declare settings: Table<SettingRecord, string>;
	declare counts: Table<CountRecord, string>;
	declare tickets: Table<Ticket, string>;
	declare ticketEvents: Table<StoredTicketEvent, [string, number]>;
	declare searchDocuments: Table<SearchDocument, number>;
	declare searchPostings: Table<SearchPosting, [number, string]>;
	declare searchTasks: Table<SearchTask, number>;
	declare syncTasks: Table<SyncTask, string>;
	declare rooms: Table<RoomRecord, string>;
	declare roomUpdates: Table<RoomUpdateRecord, number>;
	declare roomChanges: Table<RoomUpdateRecord, number>;
	declare membership: Table<Membership, string>;
	declare syncStatus: Table<SyncStatus, string>;
	declare devices: Table<DeviceCard, string>;

	/**
	 * `name` is the workspace's database, `muster` for the first one. Strict: an event must be on disk, not in a
	 * buffer, before anything acts on it. Relaxed is for bulk that nothing acts on before a strict write has ended it.
	 */
	constructor(name = 'muster', durability: 'strict' | 'relaxed' = 'strict') {
		super(name, {
			chromeTransactionDurability: durability,
			// Answers of live queries are not shared: the worker writes what the page reads, and an answer kept from
			// before a write that another thread made would be copied out again.
			cache: 'disabled',
			indexedDB: strictOpen,
		});
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
		// 2: lists that are filtered, sorted and counted without reading them whole; tickets; the index of words;
		// the workspace's feed (`feedAt` is there only on events it tells of).
		this.version(2)
			.stores({
				events: '[sessionId+seq], &id, feedAt',
				sessions:
					'id, startedAt, status, *facets, [place+activeMs+id], [place+agentName+startedAt+id], [agentId+startedAt], [ticketId+startedAt], [place+updatedAt], parentId, deletedAt, updatedAt',
				counts: 'key',
				tickets: 'id, number, status, epicId, parentId, updatedAt',
				ticketEvents: '[ticketId+seq], &id, at',
				searchDocuments: 'n, &sessionId, gone',
				searchPostings: '',
				searchTasks: '++n',
			})
			.upgrade(toVersion2);
		// 3: what is shared with other devices: what they have yet to hear of, rooms, who this device is among them.
		this.version(3)
			.stores({
				syncTasks: 'what, at',
				rooms: 'name, unconfirmed',
				roomUpdates: '++n, room',
				roomChanges: '++n, room',
				membership: 'id',
				syncStatus: 'id',
				devices: 'id',
			})
			.upgrade(toVersion3);
	}
}
