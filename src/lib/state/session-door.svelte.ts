import type { SessionRow } from '../domain/session-row';

/** What is asked about sessions before it is done. */
export interface SessionWish {
	ask: 'labels' | 'delete';
	rows: readonly SessionRow[];
	/** After it was done. */
	done?: () => void;
}

/** Where a dialog about sessions is asked for, from anywhere. What stands behind it is loaded when it opens. */
class SessionDoor {
	wish = $state.raw<SessionWish | null>(null);

	open(wish: SessionWish): void {
		this.wish = wish;
	}

	close(): void {
		this.wish = null;
	}
}

export const sessionDoor = new SessionDoor();
