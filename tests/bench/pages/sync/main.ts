/** What the bench of sync asks of a page. Each page is a machine: one device, or one stock client, at a time. */
import { MAIN, type EventDraft, type SessionEvent } from '../../../../src/lib/domain/log/event';
import { catalogueRow } from '../../../../src/lib/domain/sync/catalogue-row';
import { foldSession } from '../../../../src/lib/domain/log/session-state';
import { sessionRowOf } from '../../../../src/lib/domain/views/session-row';
import { newId } from '../../../../src/lib/store/ids';
import type { SessionItem } from '../../../../src/lib/store/import-sessions';
import { loadSyncStatus } from '../../../../src/lib/store/membership';
import { CatalogueDocument } from '../../../../src/worker/sync/documents/catalogue-document';
import {
	monthOf,
	WorkspaceDocument,
} from '../../../../src/worker/sync/documents/workspace-document';
import { Rooms } from '../../../../src/worker/sync/rooms/rooms';
import { RoomKeys } from '../../../../src/worker/sync/seal/room-cipher';
import { RoomShelf } from '../../../fakes/room-store';
import { seedLines } from '../../../../scripts/seed/workspace.mjs';
import { clock, Device } from './device';
import { roomsFetched, rowsFetched, StockClient } from './stock';
import { begin, bytesOf, lineOf, ownKeys, rosterOf, type Statements } from './workspace';

/** As logs of the seed name the device that wrote them: whoever has that name runs them. */
const AUTHOR = 'seed';

let device: Device | null = null;
let stock: StockClient | null = null;

const here = (): Device => {
	if (!device) throw new Error('No device was started in this page');
	return device;
};

function sessionsOf(count: number): SessionItem[] {
	const sessions = new Map<string, SessionEvent[]>();
	for (const { event } of seedLines({
		sessions: count,
		until: Date.now(),
		long: false,
	}) as Iterable<{
		event?: SessionEvent;
	}>)
		if (event && 'sessionId' in event)
			sessions.set(event.sessionId, [...(sessions.get(event.sessionId) ?? []), event]);
	return [...sessions].map(([sessionId, events]) => ({ sessionId, events }));
}

const rowsOf = (count: number) =>
	sessionsOf(count).map(({ sessionId, events }) => {
		const row = sessionRowOf(foldSession(sessionId, events), events.length - 1);
		return catalogueRow(row, events.at(-1)?.id ?? '');
	});

const page = {
	begin,
	publicKeys: async () => (await ownKeys()).keys,

	async start(name: string, relay: string, statements: Statements): Promise<number> {
		device = new Device(name);
		await device.db.open();
		const from = clock();
		await device.start(relay, statements);
		return from;
	},

	async stop(): Promise<string[]> {
		const errors = here().errors.map(String);
		await here().stop();
		device = null;
		return errors;
	},

	/** The author: a device with this many sessions, told to the relay, confirmed. Gives ms. */
	async author(relay: string, statements: Statements, count: number): Promise<number> {
		device = new Device(AUTHOR);
		await device.import(sessionsOf(count));
		const from = clock();
		await device.start(relay, statements);
		const { db } = device;
		const { at } = await device.until(
			() => db.syncTasks.count(),
			(left) => left === 0,
		);
		return at - from;
	},

	/** Puts this many sessions into the catalogues of a workspace, as devices do in time, and none of their logs. */
	async fillCatalogues(relay: string, statements: Statements, count: number): Promise<void> {
		const known = await rosterOf(bytesOf(statements));
		const own = await ownKeys();
		const connection = await lineOf(relay, known, own);
		const shelf = new RoomShelf();
		const rooms = new Rooms({
			keys: new RoomKeys(await known.secrets(own)),
			store: shelf,
			connection,
			whenReady: (then) => {
				queueMicrotask(then);
				return () => undefined;
			},
			changed: () => undefined,
			unread: () => undefined,
			closed: (_, { reason }) => console.error(reason),
			broadcast: () => undefined,
			failed: (error) => console.error(error),
		});
		const months = new Map<string, ReturnType<typeof rowsOf>>();
		for (const row of rowsOf(count)) {
			const month = monthOf(row.startedAt);
			months.set(month, [...(months.get(month) ?? []), row]);
		}
		const workspace = await rooms.hold('workspace');
		await workspace.write(
			(inner) => {
				const document = new WorkspaceDocument(inner);
				for (const month of months.keys()) document.putMonth(month);
			},
			(update) => shelf.keep(workspace.name, update),
		);
		const held = [workspace];
		for (const [month, rows] of months) {
			const catalogue = await rooms.hold(`catalogue|${month}`);
			held.push(catalogue);
			for (let at = 0; at < rows.length; at += 50)
				await catalogue.write(
					(inner) => {
						const document = new CatalogueDocument(inner);
						for (const row of rows.slice(at, at + 50)) document.putRow(row);
					},
					(update) => shelf.keep(catalogue.name, update),
				);
		}
		while (!held.every((room) => room.isSynced && room.isConfirmed))
			await new Promise((done) => setTimeout(done, 20));
		await rooms.close();
		connection.stop();
	},

	/** When all rows of this many sessions are in the database. */
	async hasRows(count: number): Promise<number> {
		const { db } = here();
		return (
			await here().until(
				() => db.sessions.count(),
				(found) => found >= count,
			)
		).at;
	},

	async hasRow(id: string): Promise<void> {
		const { db } = here();
		await here().until(
			() => db.sessions.get(id),
			(row) => row !== undefined && !row.away,
		);
	},

	/** When this many events are in the database. Asked for now and then: following it would cost more than it. */
	async hasEvents(count: number): Promise<number> {
		const { db } = here();
		while ((await db.events.count()) < count) await new Promise((done) => setTimeout(done, 20));
		return clock();
	},

	events: () => here().db.events.count(),

	/** A session in which something is under way here. */
	async beginSession(): Promise<string> {
		const id = newId();
		const { name } = here();
		const person = { kind: 'person', name: 'You', device: name, deviceName: name } as const;
		const engine = { kind: 'engine', device: name, epoch: 1 } as const;
		const settings = {
			connectionId: 'c1',
			model: 'practice-1',
			effort: null,
			thinking: false,
			permissionMode: 'ask',
			maxTurns: 50,
			budget: null,
		} as const;
		const lease = { kind: 'lease-taken', by: engine, device: name, deviceName: name, epoch: 1 };
		const drafts = [
			{ kind: 'created', by: person, mode: 'standard', agent: null, settings, title: 'Tides' },
			{ kind: 'prompt', by: person, actor: MAIN, text: 'How do tides work' },
			lease,
			{
				kind: 'turn-started',
				by: engine,
				turnId: 'main.1',
				actor: MAIN,
				purpose: 'answer',
				attempt: 1,
				model: 'practice-1',
				connectionId: 'c1',
				effort: null,
			},
		] as EventDraft[];
		for (const draft of drafts) await here().append(id, draft);
		return id;
	},

	/** Appends a part of an answer; gives its id and when that began. */
	async append(sessionId: string, index: number): Promise<{ id: string; at: number }> {
		const at = clock();
		const text = `Part ${index}: the moon pulls at the water, and the water follows it around.`;
		const by = { kind: 'agent', actor: MAIN } as const;
		const id = await here().append(sessionId, { kind: 'text', by, turnId: 'main.1', index, text });
		return { id, at };
	},

	/** Once it has nothing more to fetch. */
	async isQuiet(): Promise<void> {
		const { db } = here();
		await here().until(
			() => loadSyncStatus(db),
			(status) => status?.missing === 0,
		);
	},

	watch: (sessionId: string) => here().watch(sessionId),
	readAt: (id: string) => here().readAt(id),

	stock: {
		async join(url: string, room: string): Promise<void> {
			stock = new StockClient(url, room);
			await stock.synced();
		},
		/** Keys as numerous as rooms of sessions hold events, or rows as catalogues have them. */
		async fill(url: string, room: string, count: number): Promise<void> {
			const client = new StockClient(url, room);
			await client.synced();
			client.put(rowsOf(count));
			await client.given(url, room);
			client.leave();
		},
		/** A room for each session, with its events. */
		async fillRooms(url: string, count: number): Promise<string[]> {
			const sessions = sessionsOf(count);
			for (const { sessionId, events } of sessions) {
				const client = new StockClient(url, sessionId);
				await client.synced();
				client.put(events);
				await client.given(url, sessionId);
				client.leave();
			}
			return sessions.map(({ sessionId }) => sessionId);
		},
		set(key: string): number {
			const at = clock();
			stock?.put([{ id: key }]);
			return at;
		},
		heardAt: (key: string) => stock?.heardAt(key),
		leave(): void {
			stock?.leave();
			stock = null;
		},
		rowsFetched,
		roomsFetched,
	},
};

export type SyncPage = typeof page;

Reflect.set(window, 'sync', page);
