/** Pages tell on this BroadcastChannel that somebody is at them, so that work in the background keeps out of the way. */
export const IN_USE_CHANNEL = 'muster-in-use';

/** Told at most this often, ms. */
export const TELL_EVERY_MS = 500;

/** Counts as in use for this long after it was told, ms. */
export const IN_USE_MS = 1500;
