/** Bounds of the format itself, the same for every relay; sizes in bytes, times in milliseconds. */

/** The version of the socket's protocol that this code speaks [2.2]. */
export const VERSION = 1;
export const NONCE_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** Raw uncompressed point of P-256. */
export const PUBLIC_KEY_BYTES = 65;
export const SECRET_BYTES = 32;
/** Of a statement as it travels: both lengths, body and signature [1.7]. */
export const STATEMENT_BYTES = 65_536;
export const ROSTER_STATEMENTS = 10_000;
/** A sealed batch [5.4]. */
export const BATCH_BYTES = 262_144;
/**
 * What a longer answer to sync step 1 is cut into [2.11]: several updates, then step 2 with the last of it. With room
 * for one batch in each, and what Yjs says of it.
 */
export const PIECE_BYTES = BATCH_BYTES + 1_024;
/** A sealed broadcast, message 103 [2.9]. */
export const BROADCAST_BYTES = 4_096;
export const INVITE_BYTES = 1_024;
export const REASON_BYTES = 1_024;
/** From connecting to having a place: as a device, or as a guest [2.5]. */
export const BEGIN_MS = 10_000;
/** How often a client sends something on an open channel [2.10]. */
export const KEEPALIVE_MS = 15_000;
export const MAILBOX_MS = 600_000;
/** Each way [4.6]. */
export const MAILBOX_MESSAGES = 3;
export const MAILBOX_BYTES = 16_384;

/** What a relay allows unless it is told otherwise; it tells the first two in its hello. */
export const DEFAULT_FRAME_BYTES = 1_048_576;
export const DEFAULT_CHANNELS = 1_024;
