import type { SessionEvent } from '$lib/domain/log/event';
import { isRecord } from '$lib/domain/shape';

/** A ULID in its one form: whatever else is an id stays as it is. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_BYTES = 16;

/**
 * An event as the room of its session has it: without the session's id, and with its own as 16 bytes where it is a ULID.
 * Deflate can make little of either, and they are in every piece of a streaming answer. docs/sync.md [6.5]
 */
export function packed(event: SessionEvent): Record<string, unknown> {
	const { sessionId: _, ...rest } = event;
	return { ...rest, id: ULID.test(event.id) ? bytesOf(event.id) : event.id };
}

/** What {@link packed} was given; events that were written whole, as they are. What makes no sense stays so. */
export function unpacked(value: object, sessionId: string): object {
	if (!isRecord(value)) return value;
	const { id } = value;
	return {
		sessionId,
		...value,
		...(id instanceof Uint8Array && id.length === ULID_BYTES && { id: ulidOf(id) }),
	};
}

function bytesOf(ulid: string): Uint8Array {
	const bytes = new Uint8Array(ULID_BYTES);
	let [held, bits, at] = [0, 0, ULID_BYTES];
	for (let i = ulid.length - 1; i >= 0; i--) {
		held |= LETTERS.indexOf(ulid.charAt(i)) << bits;
		bits += 5;
		if (bits < 8) continue;
		bytes[--at] = held & 0xff;
		held >>= 8;
		bits -= 8;
	}
	return bytes;
}

function ulidOf(bytes: Uint8Array): string {
	let text = '';
	let [held, bits] = [0, 0];
	for (let at = bytes.length - 1; at >= 0; at--) {
		held |= (bytes[at] ?? 0) << bits;
		for (bits += 8; bits >= 5; bits -= 5) {
			text = LETTERS.charAt(held & 31) + text;
			held >>= 5;
		}
	}
	// 128 bits are 25 letters and three bits.
	return LETTERS.charAt(held & 7) + text;
}
