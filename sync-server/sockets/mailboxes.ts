import type { Bytes } from '../../src/lib/wire/bytes';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import { encodeRelayFrame, type RelayFrame } from '../../src/lib/wire/frames';
import { MAILBOX_MS } from '../../src/lib/wire/limits';
import {
	isClosing,
	joinMailbox,
	newMailbox,
	putInMailbox,
	type Mailbox,
	type MailboxSide,
} from '../../src/lib/wire/mailbox';

/** A socket at one end of a mailbox. */
export interface MailboxEnd {
	send(frame: Bytes): void;
	/** For a guest, whose socket was for this alone [4.3]; a member's goes on. */
	close?: (closing: Closing) => void;
}

interface Kept {
	mailbox: Mailbox;
	readonly member: MailboxEnd;
	guest: MailboxEnd | null;
	readonly timer: ReturnType<typeof setTimeout>;
}

/** Of one socket. */
const MOST_KEPT = 4;

/** The mailboxes of pairing: in memory alone, gone with the socket of their member [4.3]. */
export class Mailboxes {
	readonly #kept = new Map<string, Kept>();
	readonly #now: () => number;
	readonly #lifetime: number;

	/** @param lifetime in milliseconds */
	constructor(now: () => number, lifetime = MAILBOX_MS) {
		this.#now = now;
		this.#lifetime = lifetime;
	}

	get size(): number {
		return this.#kept.size;
	}

	/** A member keeps one; the answer says whether it does. */
	keep(id: string, member: MailboxEnd): void {
		if (this.#kept.has(id)) return ended(member, id, CLOSINGS.taken);
		let own = 0;
		for (const kept of this.#kept.values()) if (kept.member === member) own++;
		if (own >= MOST_KEPT) return ended(member, id, CLOSINGS.mailboxes);
		const timer = setTimeout(() => this.#end(id, CLOSINGS.noMailbox), this.#lifetime);
		timer.unref();
		this.#kept.set(id, { mailbox: newMailbox(this.#now()), member, guest: null, timer });
		tell(member, { kind: 'joined', id });
	}

	/** A guest comes; false where there is no way in, which it has been told. */
	join(id: string, guest: MailboxEnd): boolean {
		const kept = this.#kept.get(id);
		const outcome = joinMailbox(kept?.mailbox, this.#now());
		if (!kept || isClosing(outcome)) {
			ended(guest, id, isClosing(outcome) ? outcome : CLOSINGS.noMailbox);
			return false;
		}
		kept.mailbox = outcome;
		kept.guest = guest;
		tell(guest, { kind: 'joined', id });
		return true;
	}

	/** Carries a message to the other side; nothing happens where there is none [4.7]. */
	put(id: string, from: MailboxEnd, sealed: Bytes): void {
		const kept = this.#kept.get(id);
		const side = kept && sideOf(kept, from);
		if (!kept || !side || !kept.guest) return;
		const outcome = putInMailbox(kept.mailbox, side, sealed.length, this.#now());
		if (isClosing(outcome)) return this.#end(id, outcome);
		kept.mailbox = outcome;
		tell(side === 'guest' ? kept.member : kept.guest, { kind: 'got', id, sealed });
	}

	/** A socket is gone, and with it its mailboxes. */
	leave(end: MailboxEnd): void {
		for (const [id, kept] of [...this.#kept])
			if (sideOf(kept, end)) this.#end(id, CLOSINGS.noMailbox, end);
	}

	#end(id: string, closing: Closing, except?: MailboxEnd): void {
		const kept = this.#kept.get(id);
		if (!kept) return;
		clearTimeout(kept.timer);
		this.#kept.delete(id);
		for (const end of [kept.member, kept.guest]) if (end && end !== except) ended(end, id, closing);
	}
}

const sideOf = (kept: Kept, end: MailboxEnd): MailboxSide | null =>
	end === kept.member ? 'member' : end === kept.guest ? 'guest' : null;

const tell = (end: MailboxEnd, frame: RelayFrame): void => end.send(encodeRelayFrame(frame));

function ended(end: MailboxEnd, id: string, closing: Closing): void {
	tell(end, { kind: 'mailbox-ended', id, ...closing });
	end.close?.(closing);
}
