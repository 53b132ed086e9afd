/** A relay in this process, on a free port, with what a test wants otherwise. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { jsonLines } from '../../../sync-server/log';
import { createRelay, type RelayOptions } from '../../../sync-server/relay';
import { readSettings, type Settings } from '../../../sync-server/settings';
import { MemoryStore } from '../../../sync-server/store/memory-store';
import type { Store } from '../../../sync-server/store/port';

export interface TestRelay {
	/** `ws://…/sync` */
	readonly url: string;
	readonly http: string;
	/** Lines of the log, parsed. */
	readonly log: Record<string, unknown>[];
	/** As it was written. */
	readonly logText: () => string;
	readonly close: () => Promise<void>;
}

export interface TestRelayOptions extends Partial<
	Pick<RelayOptions, 'store' | 'alone' | 'beginMs' | 'lingerMs' | 'pingMs' | 'mailboxMs'>
> {
	readonly settings?: Partial<Settings>;
}

/** Closed when the test is over. */
export async function startRelay(options: TestRelayOptions = {}): Promise<TestRelay> {
	const server = createServer((request, response) => {
		if (!relay.handle(request, response)) response.writeHead(404).end();
	});
	let text = '';
	const relay = createRelay({
		store: new MemoryStore(),
		...options,
		server,
		settings: { ...readSettings({}), ...options.settings },
		log: jsonLines((line) => (text += line)),
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		await relay.close();
		server.closeAllConnections();
		server.close();
	};
	onTestFinished(close);
	return {
		url: `ws://localhost:${port}/sync`,
		http: `http://localhost:${port}`,
		get log() {
			return text
				.split('\n')
				.filter(Boolean)
				.map((line) => JSON.parse(line) as Record<string, unknown>);
		},
		logText: () => text,
		close,
	};
}

/** A store whose commits the test holds back, or lets fail. */
export function heldStore(store: Store = new MemoryStore()) {
	let gate: Promise<void> = Promise.resolve();
	let open = () => {};
	let failure: Error | null = null;
	let commits = 0;
	const held: Store = {
		workspaces: () => store.workspaces(),
		statements: (...args) => store.statements(...args),
		room: (...args) => store.room(...args),
		roomBytes: (...args) => store.roomBytes(...args),
		close: () => store.close(),
		async commit(changes) {
			await gate;
			commits++;
			if (failure) throw failure;
			await store.commit(changes);
		},
	};
	return {
		store: held,
		get commits() {
			return commits;
		},
		hold() {
			gate = new Promise((done) => (open = done));
		},
		release() {
			open();
		},
		/** Null: all is well again. */
		fail(error: Error | null) {
			failure = error;
		},
	};
}
