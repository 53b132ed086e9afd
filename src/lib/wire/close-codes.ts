/** Close codes of sockets, channels and mailboxes [7.3]. */
export const CLOSE = {
	going: 1001,
	tryLater: 1013,
	protocol: 4400,
	notAuthorised: 4401,
	notAdmitted: 4403,
	noMailbox: 4404,
	version: 4406,
	tooSlowToBegin: 4408,
	taken: 4409,
	tooLarge: 4413,
	tooMany: 4429,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** A code with its reason, as it goes over the wire. */
export interface Closing {
	readonly code: number;
	readonly reason: string;
}

/** Every closing there is, but for the one that names versions (`versionClosing`). */
export const CLOSINGS = {
	/** Closed by whoever opened it, without a complaint. */
	done: { code: 1000, reason: '' },
	going: { code: CLOSE.going, reason: 'going' },
	slow: { code: CLOSE.tryLater, reason: 'slow' },
	store: { code: CLOSE.tryLater, reason: 'store' },
	busy: { code: CLOSE.tryLater, reason: 'busy' },
	protocol: { code: CLOSE.protocol, reason: 'protocol' },
	notAuthorised: { code: CLOSE.notAuthorised, reason: 'not authorised' },
	notAdmitted: { code: CLOSE.notAdmitted, reason: 'not admitted' },
	noMailbox: { code: CLOSE.noMailbox, reason: 'no mailbox' },
	tooSlowToBegin: { code: CLOSE.tooSlowToBegin, reason: 'too slow to begin' },
	taken: { code: CLOSE.taken, reason: 'taken' },
	frame: { code: CLOSE.tooLarge, reason: 'frame' },
	room: { code: CLOSE.tooLarge, reason: 'room' },
	workspace: { code: CLOSE.tooLarge, reason: 'workspace' },
	mailbox: { code: CLOSE.tooLarge, reason: 'mailbox' },
	rate: { code: CLOSE.tooMany, reason: 'rate' },
	connections: { code: CLOSE.tooMany, reason: 'connections' },
	channels: { code: CLOSE.tooMany, reason: 'channels' },
	mailboxes: { code: CLOSE.tooMany, reason: 'mailboxes' },
} as const satisfies Record<string, Closing>;

/** The closing for a client that speaks no version of the relay's [2.2]. */
export const versionClosing = (min: number, max: number): Closing => ({
	code: CLOSE.version,
	reason: `relay speaks ${min}-${max}`,
});
