/** Which blocks of a long thread are in the page: a window that follows the end until the reader goes back. */
export interface ThreadWindow {
	/** First block shown. */
	from: number;
	/** One past the last block shown; null: the end, wherever it is. */
	to: number | null;
}

/** Blocks drawn at first, in one go: about a screen of them. */
export const FIRST = 16;
/** Blocks that come at a time, before the reader gets there. */
export const STEP = 12;
/** Blocks kept at most while the reader goes back and forth. */
export const MOST = 200;

export function atEnd(count: number): ThreadWindow {
	return { from: Math.max(0, count - FIRST), to: null };
}

export function earlier({ from, to }: ThreadWindow, count: number): ThreadWindow {
	const next = Math.max(0, from - STEP);
	const end = Math.min(to ?? count, next + MOST);
	return { from: next, to: end >= count ? null : end };
}

export function later({ from, to }: ThreadWindow, count: number): ThreadWindow {
	if (to === null) return { from, to };
	const end = Math.min(count, to + STEP);
	return { from: Math.max(from, end - MOST), to: end >= count ? null : end };
}

/** Around a block somebody looks for. */
export function around(index: number, count: number): ThreadWindow {
	const from = Math.max(0, index - FIRST / 2);
	const to = Math.min(count, index + FIRST);
	return { from, to: to >= count ? null : to };
}

/** While the end is followed, what lies far above it goes. */
export function following({ from, to }: ThreadWindow, count: number): ThreadWindow {
	return to === null ? { from: Math.max(from, count - MOST), to } : { from, to };
}

/** After `more` blocks have come before all others: what is shown stays what it was. */
export function after({ from, to }: ThreadWindow, more: number): ThreadWindow {
	return { from: Math.max(0, from + more), to: to === null ? null : Math.max(0, to + more) };
}
