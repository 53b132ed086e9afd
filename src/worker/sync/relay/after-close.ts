import { CLOSE, type Closing } from '$lib/wire/close-codes';

/** What a client does once a socket is closed: docs/sync.md [7.3]. `ms`: how long it waits at least. */
export type AfterClose = { then: 'stop' } | { then: 'again'; ms: number };

const FIRST_MS = 200;
const LONGEST_MS = 30_000;
/** After the relay said that there was too much of something, ms. */
export const PATIENCE_MS = 60_000;

/** Codes that no patience mends. */
const final = new Set<number>([
	CLOSE.protocol,
	CLOSE.notAuthorised,
	CLOSE.notAdmitted,
	CLOSE.version,
	CLOSE.tooLarge,
]);

export const isFinal = (code: number): boolean => final.has(code);

/**
 * @param tries how often in a row it has failed before
 * @param chance from 0 to 1, so that devices that were cut off together do not come back together
 */
export function afterClose({ code }: Closing, tries: number, chance: number): AfterClose {
	if (isFinal(code)) return { then: 'stop' };
	if (code === CLOSE.tooMany) return { then: 'again', ms: PATIENCE_MS * (1 + chance) };
	const ms = Math.min(FIRST_MS * 2 ** Math.min(tries, 16), LONGEST_MS);
	return { then: 'again', ms: ms * (0.5 + chance / 2) };
}
