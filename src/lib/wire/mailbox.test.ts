import { describe, expect, it } from 'vitest';
import { CLOSINGS } from './close-codes';
import { MAILBOX_BYTES, MAILBOX_MS } from './limits';
import { isClosing, joinMailbox, newMailbox, putInMailbox, type Mailbox } from './mailbox';

const NOW = Date.UTC(2026, 10, 26);
const joined = () => joinMailbox(newMailbox(NOW), NOW) as Mailbox;

describe('a mailbox', () => {
	it('[4.3] takes one guest in its life, and tells everyone after that it is taken', () => {
		expect(isClosing(joined())).toBe(false);
		expect(joinMailbox(joined(), NOW + 1)).toBe(CLOSINGS.taken);
	});
	it('[4.3] is over after ten minutes, as if it had never been', () => {
		expect(joinMailbox(newMailbox(NOW), NOW + MAILBOX_MS - 1)).toMatchObject({ hadGuest: true });
		expect(joinMailbox(newMailbox(NOW), NOW + MAILBOX_MS)).toBe(CLOSINGS.noMailbox);
		expect(putInMailbox(joined(), 'guest', 1, NOW + MAILBOX_MS)).toBe(CLOSINGS.noMailbox);
		expect(joinMailbox(undefined, NOW)).toBe(CLOSINGS.noMailbox);
	});
	it('[4.6] carries three messages each way, and ends with a fourth', () => {
		let mailbox = joined();
		for (const side of ['guest', 'member', 'guest', 'member', 'guest', 'member'] as const)
			mailbox = putInMailbox(mailbox, side, MAILBOX_BYTES, NOW) as Mailbox;
		expect(mailbox.sent).toEqual({ guest: 3, member: 3 });
		expect(putInMailbox(mailbox, 'guest', 1, NOW)).toBe(CLOSINGS.mailbox);
	});
	it('[4.6] ends with a message that is too long', () => {
		expect(putInMailbox(joined(), 'guest', MAILBOX_BYTES + 1, NOW)).toBe(CLOSINGS.mailbox);
	});
});
