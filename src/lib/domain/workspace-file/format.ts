/**
 * The file that holds a workspace (docs/workspace-file.md): gzip around lines of JSON. Each line is an object with
 * one field, which says what it is. Append-only: a later version may add kinds of lines under the same number as
 * long as a reader that skips them loses nothing else.
 */
import type { Agent } from '../agent';
import type { WorkspaceSettings } from '../import/source';
import type { SessionEvent } from '../log/event';
import type { TicketEvent } from '../tickets/ticket';

export const FORMAT = 'muster-workspace';
export const FORMAT_VERSION = 1;
export const FILE_ENDING = 'muster';

/** Bytes of one line, without its end. The most that one event can carry is some 15 MB of files. */
export const MOST_LINE_BYTES = 64 * 1024 * 1024;
/** Levels of one line: those of an event, and of what stands around it. */
export const MOST_LINE_LEVELS = 210;

/** The first line. */
export interface Header {
	format: typeof FORMAT;
	version: number;
	/** Epoch ms. */
	writtenAt: number;
	/** Name of the workspace. */
	workspace: string;
}

export interface Counts {
	sessions: number;
	events: number;
	tickets: number;
	ticketEvents: number;
	agents: number;
}

/** The last line. `sha256` (hex) is of every byte before it, unzipped, line ends included. */
export interface End extends Counts {
	sha256: string;
}

/** Any line in between, in this order: settings, agents, tickets by id, sessions by id; logs in their order. */
export type Line =
	| { settings: Partial<WorkspaceSettings> }
	| { agent: Agent }
	| { ticket: TicketEvent }
	| { event: SessionEvent };

export const noCounts: Readonly<Counts> = {
	sessions: 0,
	events: 0,
	tickets: 0,
	ticketEvents: 0,
	agents: 0,
};
