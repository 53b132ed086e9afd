/** Requests in sight: those under one that is read by itself are not. */
const shownRequests = () =>
	[...document.querySelectorAll<HTMLElement>('[data-approval]')].filter(
		(card) => !card.closest('[inert]'),
	);

/** After a decision the focus goes to the next request, or to the run's title. */
export function focusAfterDecision(callId: string): void {
	const cards = shownRequests();
	const place = cards.findIndex((card) => card.dataset['approval'] === callId);
	const next = cards[place + 1] ?? cards.find((card) => card.dataset['approval'] !== callId);
	(next ?? document.querySelector<HTMLElement>('[data-run-title]'))?.focus();
}

/** The request the focus is in. */
export function focusedRequest(): string | null {
	const card = document.activeElement?.closest<HTMLElement>('[data-approval]');
	return card?.dataset['approval'] ?? null;
}

/** Moves the focus to the request before or after the one it is in, and into sight. */
export function stepRequest(by: 1 | -1): void {
	const cards = shownRequests();
	const here = cards.findIndex((card) => card.dataset['approval'] === focusedRequest());
	const to = here === -1 ? (by === 1 ? 0 : cards.length - 1) : here + by;
	const card = cards[Math.max(0, Math.min(cards.length - 1, to))];
	card?.focus();
	card?.scrollIntoView({ block: 'nearest' });
}
