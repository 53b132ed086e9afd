import type { Closing } from '../src/lib/wire/close-codes';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Rooms } from './rooms/rooms';
import type { Workspaces } from './rooms/workspace';
import type { Settings } from './settings';
import type { Mailboxes } from './sockets/mailboxes';
import type { Seats } from './sockets/seats';
import type { GroupCommit } from './store/group-commit';
import type { Store } from './store/port';

/** What sockets find in a relay. */
export interface RelayContext {
	readonly settings: Settings;
	readonly store: Store;
	readonly commits: GroupCommit;
	readonly workspaces: Workspaces;
	readonly rooms: Rooms;
	readonly mailboxes: Mailboxes;
	readonly seats: Seats;
	readonly metrics: Metrics;
	readonly log: Log;
	/** All that are open. */
	readonly lines: Set<OpenLine>;
	readonly nextSocket: () => number;
	/** How long a socket may take to have a place [2.5], and how often it is asked for a sign of life; milliseconds. */
	readonly beginMs: number;
	readonly pingMs: number;
}

/** A socket, as far as whoever stops the relay is concerned. */
export interface OpenLine {
	end(closing: Closing): void;
	/** Without another word. */
	cut(): void;
	/** Resolves when both sides have closed it. */
	readonly gone: Promise<void>;
}

/** Where a socket comes from. */
export interface Peer {
	/** To count by, never to be logged. */
	readonly address: string;
	/** From this machine itself: not through a proxy, and not from a page of elsewhere. */
	readonly local: boolean;
	/** What the client may have dialled [2.3]. */
	readonly hosts: readonly string[];
}
