import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CLOSINGS } from '../src/lib/wire/close-codes';
import { BEGIN_MS } from '../src/lib/wire/limits';
import type { OpenLine, RelayContext } from './context';
import type { Log } from './log';
import { Metrics } from './metrics';
import { Rooms } from './rooms/rooms';
import { Workspaces } from './rooms/workspace';
import type { Settings } from './settings';
import { Mailboxes } from './sockets/mailboxes';
import { Seats } from './sockets/seats';
import { takeUpgrades } from './sockets/upgrades';
import { GroupCommit } from './store/group-commit';
import type { Store } from './store/port';

export interface RelayOptions {
	/** Its upgrades are the relay's from now on. */
	readonly server: Server;
	readonly settings: Settings;
	/** Closed with the relay. */
	readonly store: Store;
	readonly log: Log;
	readonly alone?: boolean;
	/** Times that tests don't wait for; milliseconds. */
	readonly beginMs?: number;
	readonly lingerMs?: number;
	readonly pingMs?: number;
	readonly mailboxMs?: number;
}

export interface Relay {
	/** Answers `/health` and `/metrics` [7.1]; false where it is another address. */
	handle(request: IncomingMessage, response: ServerResponse): boolean;
	/** Confirms what has come, closes every socket and the store [7.5]; resolves within some seconds. */
	close(): Promise<void>;
}

/** How long sockets have to close before they are cut. */
const CLOSE_MS = 3_000;
/** How long the store has for what has come. */
const COMMIT_MS = 4_000;

/** A relay on an HTTP server. */
export function createRelay(options: RelayOptions): Relay {
	const { server, settings, store, log } = options;
	const metrics = new Metrics();
	let failing = false;
	let draining: Promise<void> | null = null;
	const commits = new GroupCommit(store, ({ changes, ms, error }) => {
		metrics.add('commits_total');
		metrics.add('changes_total', changes);
		metrics.add('commit_seconds_total', ms / 1000);
		failing = error !== undefined;
		if (!failing) return;
		metrics.add('commit_failures_total');
		const reason = error instanceof Error ? error.message : String(error);
		log('warning', 'not-kept', { changes, ms: Math.round(ms), error: reason });
	});
	const rooms = new Rooms({
		store,
		commits,
		limits: settings,
		linger: options.lingerMs ?? 30_000,
		report(event, workspace, bytes) {
			if (event === 'room-damaged') metrics.add('damaged_rooms_total');
			log(event === 'room-damaged' ? 'warning' : 'info', event, { workspace, bytes });
		},
	});
	let sockets = 0;
	const lines = new Set<OpenLine>();
	const relay: RelayContext = {
		settings,
		store,
		commits,
		rooms,
		metrics,
		log,
		lines,
		workspaces: new Workspaces(store, commits),
		mailboxes: new Mailboxes(Date.now, options.mailboxMs),
		// Of the plain protocol nobody authenticates, and all come from here.
		seats: new Seats(settings.connections, settings.auth ? 64 : settings.connections),
		nextSocket: () => ++sockets,
		beginMs: options.beginMs ?? BEGIN_MS,
		pingMs: options.pingMs ?? 30_000,
	};
	const upgrades = takeUpgrades({ server, relay, alone: options.alone ?? false });

	async function drain(): Promise<void> {
		const began = performance.now();
		upgrades.close();
		log('info', 'draining', { sockets: lines.size });
		// A turn of the loop, so that what the machine has received already is read.
		await new Promise((read) => setImmediate(read));
		await within(COMMIT_MS, commits.idle());
		const open = [...lines];
		for (const line of open) line.end(CLOSINGS.going);
		await within(CLOSE_MS, Promise.all(open.map((line) => line.gone)));
		for (const line of open) line.cut();
		rooms.close();
		await within(COMMIT_MS, commits.idle());
		await store.close();
		log('info', 'stopped', { ms: Math.round(performance.now() - began) });
	}

	return {
		handle(request, response) {
			const path = (request.url ?? '').replace(/\?.*$/s, '');
			if (path === '/health') {
				const status = draining ? 'draining' : failing ? 'can not write' : 'ok';
				response.writeHead(status === 'ok' ? 200 : 503, json).end(JSON.stringify({ status }));
				return true;
			}
			if (path !== '/metrics') return false;
			const now = {
				sockets: lines.size,
				rooms: rooms.size,
				mailboxes: relay.mailboxes.size,
				resident_bytes: process.memoryUsage.rss(),
				cpu_seconds: cpuSeconds(),
			};
			response.writeHead(200, text).end(metrics.text(now));
			return true;
		},
		close: () => (draining ??= drain()),
	};
}

const json = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
const text = { 'Content-Type': 'text/plain; version=0.0.4', 'Cache-Control': 'no-store' };

function cpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** Resolves with it, or after that time without. */
async function within(ms: number, action: Promise<unknown>): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise((done) => (timer = setTimeout(done, ms)));
	await Promise.race([action, late]);
	clearTimeout(timer);
}
