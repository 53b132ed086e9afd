import type { Bytes } from '$lib/wire/bytes';
import type { Closing } from '$lib/wire/close-codes';
import type { Membership } from '$lib/domain/sync/membership';
import { sharedSettings } from '$lib/domain/setting';
import type { RelayStanding, SyncStatus } from '$lib/domain/sync/sync-status';
import { askedCommands, openForOthers, passCommandOn } from '$lib/store/commands';
import type { CommandRecord } from '$lib/domain/command';
import type { MusterDb } from '$lib/store/db';
import type { SyncTask } from '$lib/store/sync-task';
import { observe } from '$lib/store/live';
import { keepRoster, saveSyncStatus } from '$lib/store/membership';
import { sessionsWithStatus } from '$lib/store/sessions';
import { loadSetting } from '$lib/store/settings';
import { taskOf } from '$lib/store/sync-task';
import type { SessionRow } from '$lib/domain/session-row';
import type { Journal } from '../journal/journal';
import { monthOf } from './documents/workspace-document';
import { KnownRoster } from './members/known-roster';
import { Asks } from './mirror/asks';
import { Catalogues, type Told } from './mirror/catalogues';
import type { HeldDocument } from './mirror/held-document';
import { Outbox } from './mirror/outbox';
import { RoomNews } from './mirror/room-news';
import { Presence } from './mirror/presence';
import type { SessionMirror } from './mirror/session-mirror';
import { SessionMirrors } from './mirror/session-mirrors';
import { Transcripts } from './mirror/transcripts';
import { WORKSPACE, WorkspaceMirror } from './mirror/workspace-mirror';
import type { Workroom } from './mirror/workroom';
import { RelayConnection, type RelayState } from './relay/relay-connection';
import { Rooms } from './rooms/rooms';
import { RoomKeys } from './seal/room-cipher';
import { StoredRooms } from './store/stored-rooms';

export interface SyncParts {
	db: MusterDb;
	journal: Journal;
	membership: Membership;
	/** What the engine has to hear; see `Supervisor`. */
	engine: {
		heard(sessionId: string): void;
		moved(sessionId: string): void;
		released(sessionId: string): void;
	};
	/** The roster has another key now: everything has to begin again with it. */
	renewed(): void;
	failed(error: unknown): void;
	socket?: typeof WebSocket;
}

/** How soon a change of the status is written down, ms: while an answer streams there are many. */
const STATUS_MS = 300;
/** How often a device writes down that it is there, ms: for those who are not. */
const SEEN_MS = 3_600_000;

/** Carries what is here to the other devices of the workspace, and what is there to here, for one life of the worker. */
export class SyncService {
	#parts: SyncParts;
	#roster: KnownRoster;
	#connection: RelayConnection;
	#news = new RoomNews();
	#whenReady = new Set<() => void>();
	#room: Workroom;
	#mirrors: SessionMirrors;
	#catalogues: Catalogues;
	#workspace: WorkspaceMirror;
	#transcripts: Transcripts;
	#outbox: Outbox;
	#asks: Asks;
	#presence: Presence;
	#stops: (() => void)[] = [];
	/** What this device is called; null: not known yet. */
	#name: string | null = null;
	#unconfirmed = 0;
	#syncedAt: number | null = null;
	/** Rooms that the relay wants no more of, for as long as it is connected, by meaning. */
	#closed = new Map<string, Closing>();
	/** Batches that can't be read here, by meaning of the room, as far as rooms have been open. */
	#unread = new Map<string, number>();
	#statusTimer: ReturnType<typeof setTimeout> | null = null;
	#isStopped = false;

	private constructor(parts: SyncParts, roster: KnownRoster, keys: RoomKeys) {
		const { db, journal, membership, engine, failed } = parts;
		this.#parts = parts;
		this.#roster = roster;
		const [genesis] = membership.roster;
		this.#connection = new RelayConnection({
			url: membership.relay,
			workspace: membership.workspace,
			device: membership.device,
			begin: genesis ? { statement: genesis, invite: membership.invite } : null,
			changed: (state) => this.#connectionChanged(state),
			roster: (from, statements) => void this.#rosterCame(from, statements),
			known: () => roster.length,
			...(parts.socket && { socket: parts.socket }),
		});
		const store = new StoredRooms(db);
		const rooms = new Rooms({
			keys,
			store,
			connection: this.#connection,
			whenReady: (then) => this.#onReady(then),
			changed: (meaning) => {
				this.#news.tell(meaning);
				if (meaning === WORKSPACE) this.#meet().catch(failed);
				this.#statusChanged();
			},
			unread: (meaning, count) => {
				this.#unread.set(meaning, count);
				this.#statusChanged();
			},
			closed: (meaning, closing) => {
				this.#closed.set(meaning, closing);
				this.#news.tell(meaning);
				this.#statusChanged();
			},
			broadcast: (meaning, payload) => {
				if (meaning === WORKSPACE) this.#presence.heard(payload);
			},
			failed,
		});
		this.#room = {
			db,
			journal,
			rooms,
			store,
			news: this.#news,
			isOnline: () => this.#isOnline,
			...engine,
			failed,
		};
		const room = this.#room;
		this.#asks = new Asks(room);
		this.#mirrors = new SessionMirrors(room, (opened) => this.#asks.look(opened));
		this.#transcripts = new Transcripts({
			room,
			mirrors: this.#mirrors,
			changed: () => this.#statusChanged(),
			isTaking: () => this.#catalogues.isTaking,
		});
		this.#catalogues = new Catalogues({
			room,
			wanted: (id, startedAt, heads) => this.#transcripts.want(id, startedAt, heads),
			untold: (rows) => this.#tellAgain(rows),
			taken: () => this.#transcripts.goOn(),
		});
		this.#workspace = new WorkspaceMirror({
			room,
			months: (months) => {
				for (const month of months) this.#catalogues.hold(month).catch(failed);
			},
		});
		this.#presence = new Presence({
			self: membership.device.id,
			broadcast: async (payload) => (await this.#workspace.hold()).broadcast(payload),
			changed: () => this.#statusChanged(),
			failed,
		});
		this.#outbox = new Outbox({ db, tell: (task) => this.#tell(task), failed });
	}

	/** Begins; nothing waits for the relay. Throws where the membership can't be read. */
	static async start(parts: SyncParts): Promise<SyncService> {
		const { workspace, roster: kept, device } = parts.membership;
		const roster = await KnownRoster.of(workspace, kept);
		const service = new SyncService(parts, roster, new RoomKeys(await roster.secrets(device)));
		await service.#start();
		return service;
	}

	async #start(): Promise<void> {
		const { db, journal, failed } = this.#parts;
		this.#stops.push(
			observe(() => db.syncTasks.count(), this.#countChanged, failed),
			observe(
				() => askedCommands(db),
				(records) => this.#askedChanged(records),
				failed,
			),
			observe(
				() => openForOthers(db),
				(records) => this.#othersChanged(records),
				failed,
			),
			observe(
				() => runsOn(db, journal.parts.device.id),
				(ids) => this.#presence.setRuns(ids),
				failed,
			),
			observe(
				() => loadSetting(db, 'deviceName'),
				(name) => {
					this.#name = name;
					this.#tellDevice();
				},
				failed,
			),
		);
		const hourly = setInterval(() => this.#tellDevice(), SEEN_MS);
		this.#stops.push(() => clearInterval(hourly));
		await this.#workspace.hold();
		if (!this.#isStopped) this.#connection.start();
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		for (const stop of this.#stops.splice(0)) stop();
		if (this.#statusTimer !== null) clearTimeout(this.#statusTimer);
		await this.#presence.leave().catch(this.#parts.failed);
		this.#connection.stop();
		this.#outbox.stop();
		this.#transcripts.stop();
		await this.#catalogues.close();
		await this.#workspace.close();
		await this.#room.rooms.close();
	}

	/** The network is back: the relay is tried at once. */
	online(): void {
		if (this.#connection.state.kind === 'waiting') this.#connection.start();
	}

	/** Somebody looks at a session. */
	opened(sessionId: string): void {
		this.#transcripts.hurry(sessionId);
	}

	/** A session was written to here, in pieces that change no row. */
	wrote(sessionId: string): void {
		this.#mirrors.look(sessionId);
	}

	/** Passes a command on to whoever runs its session. */
	async pass(record: CommandRecord): Promise<void> {
		await passCommandOn(this.#parts.db, record.id);
	}

	get #isOnline(): boolean {
		return this.#connection.state.kind === 'ready';
	}

	#onReady(then: () => void): () => void {
		this.#whenReady.add(then);
		queueMicrotask(() => {
			if (this.#isOnline && this.#whenReady.delete(then)) then();
		});
		return () => void this.#whenReady.delete(then);
	}

	#connectionChanged({ kind }: RelayState): void {
		if (this.#isStopped) return;
		if (kind === 'ready') {
			this.#closed.clear();
			const waiting = [...this.#whenReady];
			this.#whenReady.clear();
			for (const then of waiting) then();
			this.#outbox.start();
			this.#transcripts.start();
		} else {
			this.#outbox.stop();
			this.#transcripts.stop();
			this.#presence.stop();
		}
		this.#news.tellAll();
		this.#statusChanged();
	}

	/** What this device is called, and that it was there. */
	#tellDevice(): void {
		const { membership, journal, failed } = this.#parts;
		if (this.#name === null || this.#isStopped) return;
		const card = { id: membership.device.id, device: journal.parts.device.id, name: this.#name };
		const seenAt = this.#isOnline ? journal.parts.now() : null;
		this.#workspace.tellDevice({ ...card, seenAt }).catch(failed);
	}

	/** Once the workspace's room can be spoken in, those who are in it hear of this device. */
	async #meet(): Promise<void> {
		const held = await this.#workspace.hold();
		if (!held.isSynced || !this.#isOnline || this.#isStopped || this.#presence.isOn) return;
		this.#presence.start();
		this.#tellDevice();
		await held.settled();
		await this.#workspace.offerSettings();
	}

	async #rosterCame(from: number, statements: readonly Bytes[]): Promise<void> {
		const { db, membership, renewed, failed } = this.#parts;
		const before = this.#roster.roster?.epoch;
		try {
			if ((await this.#roster.take(from, statements)) !== 'extended') return;
			await keepRoster(db, membership.workspace, this.#roster.statements);
			if (this.#roster.roster?.epoch !== before) renewed();
		} catch (error) {
			failed(error);
		}
	}

	/** Tells one thing; true once the relay has confirmed it. */
	async #tell({ what, at }: SyncTask): Promise<boolean> {
		const [kind = '', id = ''] = what.split(/ (.*)/s);
		switch (kind) {
			case 'session':
				return this.#tellSession(id, at);
			case 'agent':
				await this.#workspace.tellAgent(id);
				return this.#confirmed(WORKSPACE, await this.#workspace.hold());
			case 'ticket':
				await this.#workspace.tellTicket(id);
				return this.#confirmed(WORKSPACE, await this.#workspace.hold());
			case 'setting': {
				const key = sharedSettings.find((one) => one === id);
				if (key) await this.#workspace.tellSetting(key);
				return this.#confirmed(WORKSPACE, await this.#workspace.hold());
			}
			default:
				return true;
		}
	}

	async #tellSession(id: string, at: number): Promise<boolean> {
		const { db, journal } = this.#parts;
		const row = await db.sessions.get(id);
		const month = monthOf(row?.startedAt ?? at);
		await this.#workspace.tellMonth(month);
		const catalogue = await this.#catalogues.hold(month);
		if (!row) {
			await this.#catalogues.tellGone(month, id, journal.parts.now());
			return this.#confirmed(`catalogue|${month}`, catalogue);
		}
		if (catalogue.document.isGone(id)) {
			await this.#catalogues.remove([id]);
			return true;
		}
		if (row.away) {
			await this.#catalogues.tell(month, row, {});
			return this.#confirmed(`catalogue|${month}`, catalogue);
		}
		const { mirror, held, meaning, release } = await this.#mirrors.hold(id);
		try {
			await mirror.sync();
			// The log comes first: whoever hears that there is more of it finds it.
			if (!(await this.#confirmed(meaning, held))) return false;
			const now = (await db.sessions.get(id)) ?? row;
			await this.#catalogues.tell(month, now, await toldOf(mirror));
		} finally {
			release();
		}
		return this.#confirmed(`catalogue|${month}`, catalogue);
	}

	#confirmed(meaning: string, held: Pick<HeldDocument<unknown>, 'mark' | 'isSynced'>) {
		const isKept = held.mark();
		return this.#news.until(
			meaning,
			() => isKept() && held.isSynced,
			() => !this.#isOnline || this.#closed.has(meaning),
		);
	}

	async #tellAgain(rows: readonly SessionRow[]): Promise<void> {
		await this.#parts.db.syncTasks.bulkPut(
			rows.map(({ id, startedAt }) => taskOf('session', id, startedAt)),
		);
	}

	#asked = new Map<string, () => void>();

	/** Rooms of sessions that something is asked of stay open until it is answered. */
	#askedChanged(records: readonly CommandRecord[]): void {
		this.#asks.setAsked(records);
		const sessions = new Set(records.flatMap(({ sessionId }) => sessionId ?? []));
		for (const [id, release] of this.#asked)
			if (!sessions.has(id)) {
				this.#asked.delete(id);
				release();
			}
		for (const id of sessions) {
			if (this.#asked.has(id)) {
				this.#mirrors.look(id);
				continue;
			}
			let isOver = false;
			let release = (): void => {
				isOver = true;
			};
			this.#asked.set(id, () => release());
			this.#mirrors.hold(id).then((held) => {
				release = held.release;
				if (isOver) release();
				else this.#mirrors.look(id);
			}, this.#parts.failed);
		}
	}

	#open = new Map<string, string>();

	/** What other devices asked for here: once it is done or refused, they are told. */
	#othersChanged(records: readonly CommandRecord[]): void {
		const open = new Map(records.map(({ id, sessionId }) => [id, sessionId ?? '']));
		for (const [id, sessionId] of this.#open) if (!open.has(id)) this.#mirrors.look(sessionId);
		this.#open = open;
	}

	#countChanged = (count: number): void => {
		this.#unconfirmed = count;
		this.#statusChanged();
	};

	#statusChanged(): void {
		if (this.#isStopped) return;
		const isUpToDate = this.#isOnline && this.#unconfirmed === 0 && this.#transcripts.missing === 0;
		if (isUpToDate) this.#syncedAt = Date.now();
		this.#statusTimer ??= setTimeout(() => {
			this.#statusTimer = null;
			saveSyncStatus(this.#parts.db, this.#status()).catch(this.#parts.failed);
		}, STATUS_MS);
	}

	#status(): SyncStatus {
		return {
			id: 'this',
			relay: standingOf(this.#connection.state, this.#closed.values().next().value),
			unconfirmed: this.#unconfirmed,
			syncedAt: this.#syncedAt,
			missing: this.#transcripts.missing,
			unread: [...this.#unread.values()].reduce((sum, n) => sum + n, 0),
			present: this.#presence.others,
			at: Date.now(),
		};
	}
}

/** Sessions that are at work on a device. */
async function runsOn(db: MusterDb, device: string): Promise<string[]> {
	const running = await sessionsWithStatus(db, 'running');
	return running.flatMap(({ id, runner }) => (runner?.device === device ? [id] : [])).sort();
}

async function toldOf(mirror: SessionMirror): Promise<Told> {
	const { last, lastOwn: own, isShared } = mirror;
	return {
		...(last !== null && (await mirror.isRunner()) && { last }),
		...(own !== null && isShared && { own }),
	};
}

function standingOf(state: RelayState, closed: Closing | undefined): RelayStanding {
	switch (state.kind) {
		case 'ready':
			return closed ? { is: 'stopped', ...closed } : { is: 'online' };
		case 'waiting':
			return { is: 'waiting', until: state.until };
		case 'stopped':
			return { is: 'stopped', code: state.closing.code, reason: state.closing.reason };
		case 'off':
		case 'connecting':
			return { is: 'connecting' };
	}
}
