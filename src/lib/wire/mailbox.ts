import { CLOSINGS, type Closing } from './close-codes';
import { MAILBOX_BYTES, MAILBOX_MESSAGES, MAILBOX_MS } from './limits';

export type MailboxSide = 'member' | 'guest';

/** What a relay has to know of a mailbox to hold its rules [4.3], [4.6]. What is in it, nobody between the two knows. */
export interface Mailbox {
	/** Epoch milliseconds. */
	readonly keptAt: number;
	/** One in the life of a mailbox: it stays true when the guest has gone. */
	readonly hadGuest: boolean;
	readonly sent: Readonly<Record<MailboxSide, number>>;
}

export const newMailbox = (now: number): Mailbox => ({
	keptAt: now,
	hadGuest: false,
	sent: { member: 0, guest: 0 },
});

export const mailboxIsOver = ({ keptAt }: Mailbox, now: number): boolean =>
	now - keptAt >= MAILBOX_MS;

/** The mailbox with its guest, or why there is no way in. */
export function joinMailbox(mailbox: Mailbox | undefined, now: number): Mailbox | Closing {
	if (!mailbox || mailboxIsOver(mailbox, now)) return CLOSINGS.noMailbox;
	return mailbox.hadGuest ? CLOSINGS.taken : { ...mailbox, hadGuest: true };
}

/** The mailbox after one more message, or what it ends with, for both. */
export function putInMailbox(
	mailbox: Mailbox,
	from: MailboxSide,
	bytes: number,
	now: number,
): Mailbox | Closing {
	if (mailboxIsOver(mailbox, now)) return CLOSINGS.noMailbox;
	const sent = mailbox.sent[from] + 1;
	if (sent > MAILBOX_MESSAGES || bytes > MAILBOX_BYTES) return CLOSINGS.mailbox;
	return { ...mailbox, sent: { ...mailbox.sent, [from]: sent } };
}

export const isClosing = (outcome: Mailbox | Closing): outcome is Closing => 'code' in outcome;
