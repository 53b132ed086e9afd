/** A device as the app has one: an engine on a database, and its sync over a real socket. */
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { Bytes } from '../../../src/lib/wire/bytes';
import type { Connection } from '../../../src/lib/domain/connection';
import type { Command, CommandRecord } from '../../../src/lib/domain/command';
import type { Person, SessionEvent } from '../../../src/lib/domain/log/event';
import type { SessionRow } from '../../../src/lib/domain/session-row';
import type { Membership } from '../../../src/lib/domain/sync/membership';
import type { SyncStatus } from '../../../src/lib/domain/sync/sync-status';
import type { DeviceKeys } from '../../../src/lib/wire/device';
import { encodeStatement } from '../../../src/lib/wire/statement';
import { commandById, passCommandOn, sendCommand } from '../../../src/lib/store/commands';
import { MusterDb } from '../../../src/lib/store/db';
import { newId } from '../../../src/lib/store/ids';
import { loadSyncStatus } from '../../../src/lib/store/membership';
import { eventsAfter } from '../../../src/lib/store/sessions';
import { SyncService } from '../../../src/worker/sync/sync-service';
import { connection, TestEngine, type Reply } from '../../support/engine';
import type { TestWorkspace } from '../../relay/support/workspace';
import { tapped, type Tap } from './device';

export interface WholeDeviceOptions {
	db?: MusterDb;
	/** Its clock. */
	now?: () => number;
	tap?: Tap;
	/** What it is connected to, under an id of its own; null: to nothing. */
	connection?: Connection | null;
}

export class WholeDevice {
	readonly engine: TestEngine;
	readonly errors: unknown[] = [];
	#service: SyncService | null = null;
	#membership: Membership;
	#now: () => number;
	#socket: typeof globalThis.WebSocket;
	#isDead = false;

	constructor(
		private readonly url: string,
		private readonly workspace: TestWorkspace,
		private readonly device: DeviceKeys,
		readonly name: string,
		replies: Reply[] = [],
		private readonly options: WholeDeviceOptions = {},
	) {
		const { db = new MusterDb(`sync-${name}-${newId()}`), now = Date.now, tap } = options;
		this.#now = now;
		this.#socket = (tap ? tapped(tap) : WebSocket) as unknown as typeof globalThis.WebSocket;
		this.engine = new TestEngine(replies, db);
		this.#membership = {
			id: 'this',
			v: 1,
			workspace: workspace.id,
			relay: url,
			invite: '',
			device,
			roster: workspace.statements.map((one) => encodeStatement(one) as Bytes),
			joinedAt: 0,
		};
		onTestFinished(() => this.stop());
	}

	get db(): MusterDb {
		return this.engine.db;
	}

	/** Starts the engine, and the sync where it is to be online. */
	async start({ online = true } = {}): Promise<this> {
		const { connection: own = connection } = this.options;
		if (own) await this.db.connections.put({ ...own, id: `c-${this.name}` });
		this.engine.start({
			device: { id: this.name, name: this.name },
			elsewhere: {
				isOther: (device) => device !== this.name,
				isShared: true,
				pass: (record) => passCommandOn(this.db, record.id),
			},
			now: this.#now,
			appended: (sessionId) => this.#service?.wrote(sessionId),
		});
		if (online) await this.online();
		return this;
	}

	async online(): Promise<void> {
		const { journal, supervisor } = this.engine.running;
		this.#service = await SyncService.start({
			db: this.db,
			journal,
			membership: this.#membership,
			engine: {
				heard: (id) => supervisor.heard(id),
				moved: (id) => supervisor.moved(id),
				released: (id) => supervisor.released(id),
			},
			renewed: () => undefined,
			failed: (error) => void (this.#isDead || this.errors.push(error)),
			socket: this.#socket,
		});
	}

	async offline(): Promise<void> {
		await this.#service?.stop();
		this.#service = null;
	}

	async stop(): Promise<void> {
		if (this.#isDead) return;
		await this.offline();
		this.engine.kill();
	}

	/** Somebody looks at a session here. */
	opened(sessionId: string): void {
		this.#service?.opened(sessionId);
	}

	/** Ends as a killed tab does: nothing more is written or said. Gives the same device, to be opened anew on what it kept. */
	crash(): WholeDevice {
		this.#isDead = true;
		this.engine.kill();
		this.db.close();
		// What it would have done on the way out fails on the closed database.
		this.offline().catch(() => undefined);
		const db = new MusterDb(this.db.name);
		const { url, workspace, device, name, options } = this;
		return new WholeDevice(url, workspace, device, name, this.engine.replies, { ...options, db });
	}

	/** As when its network is back: a relay that was lost is tried at once. */
	dial(): void {
		this.#service?.online();
	}

	get isOnline(): boolean {
		return this.#service !== null;
	}

	get person(): Person {
		return { kind: 'person', name: 'You', device: this.name, deviceName: this.name };
	}

	/** Sends a command and waits until it is applied or refused. */
	async command(command: Command, sessionId: string | null = 's1'): Promise<CommandRecord> {
		const id = await this.send(command, sessionId);
		return this.engine.until(
			() => commandById(this.db, id),
			(record) => record?.state === 'applied' || record?.state === 'refused',
		) as Promise<CommandRecord>;
	}

	/** Sends a command, and waits for nothing. */
	async send(command: Command, sessionId: string | null = 's1'): Promise<string> {
		const id = newId();
		const record = { id, sessionId, at: this.#now(), by: this.person, command };
		await sendCommand(this.db, { ...record, state: 'sent' });
		return id;
	}

	events(sessionId = 's1'): Promise<SessionEvent[]> {
		return eventsAfter(this.db, sessionId, -1);
	}

	async ids(sessionId = 's1'): Promise<string[]> {
		return (await this.events(sessionId)).map(({ id }) => id);
	}

	/** Once the row of a session is so. */
	row(so: (row: SessionRow) => boolean, sessionId = 's1'): Promise<SessionRow> {
		return this.engine.until(
			() => this.db.sessions.get(sessionId),
			(row) => row !== undefined && so(row),
		) as Promise<SessionRow>;
	}

	/** Once everything done here is confirmed, and everything there is has come. */
	async synced(): Promise<SyncStatus> {
		return (await this.engine
			.until(
				async () => ({ left: await this.db.syncTasks.count(), now: await loadSyncStatus(this.db) }),
				({ left, now }) =>
					left === 0 && now?.relay.is === 'online' && now.unconfirmed === 0 && now.missing === 0,
			)
			.then(({ now }) => now)) as SyncStatus;
	}
}
