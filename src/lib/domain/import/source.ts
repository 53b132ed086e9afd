/**
 * Where sessions, tickets and agents come from that were written elsewhere: a workspace file, or the logs of another
 * app. A source reads its files and hands on what it found, one thing after another; what is done with it, and what
 * is here already, is no matter of the source.
 */
import type { Agent } from '../agent';
import type { Failure, SessionEvent } from '../log/event';
import type { DeviceSettings } from '../setting';
import type { TicketEvent } from '../tickets/ticket';

/** Settings that are the workspace's, and no matter of one device. */
export const workspaceSettings = ['workspaceName', 'ticketPrefix', 'savedViews'] as const;
export type WorkspaceSettings = Pick<DeviceSettings, (typeof workspaceSettings)[number]>;

export type ImportItem =
	/**
	 * The whole log, `created` first. All events carry this id, and ids are the same whenever it is read again.
	 * `grows`: it was made from what another app recorded, and may have more events anywhere once that has grown.
	 */
	| { kind: 'session'; sessionId: string; events: SessionEvent[]; grows?: true }
	| { kind: 'ticket'; ticketId: string; events: TicketEvent[] }
	| { kind: 'agent'; agent: Agent }
	| { kind: 'settings'; settings: Partial<WorkspaceSettings> };

export interface ImportSource {
	/** What the files are, for a person: "Muster workspace". */
	readonly what: string;
	/** Of all files, bytes. */
	readonly size: number;
	/** Bytes that have been read so far. */
	readonly read: number;
	/** Lines or files that were left out although the rest is sound, each in a sentence. Complete once all was read. */
	readonly left: readonly string[];
	/**
	 * Everything in it, once. Reads as it goes, and holds one session at most. Throws {@link ImportRefused} where the
	 * files are not what they should be; what came before it may be unsound then, too.
	 */
	items(): AsyncIterable<ImportItem>;
}

/** The files cannot be imported. */
export class ImportRefused extends Error {
	override name = 'ImportRefused';
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

/** `code`: `damaged`, `newer-version`, `not-ours`, … */
export function refuse(code: string, message: string, advice: string): ImportRefused {
	return new ImportRefused({ code, message, advice });
}
