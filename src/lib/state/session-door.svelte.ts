/** What is asked about sessions before it is done. */
export type SessionWish =
	| {
			ask: 'labels';
			ids: readonly string[];
			/** What they are called where there are several: "run". */
			one: SessionWord;
			save: (add: string[], remove: string[]) => void;
	  }
	| {
			/** Into Deleted, or out of it for good. */
			ask: 'delete' | 'purge';
			ids: readonly string[];
			one: SessionWord;
			/** Of a single one. */
			title?: string;
			confirm: () => void;
	  }
	| {
			/** Into one file: what came out of them, or all of them. */
			ask: 'export';
			ids: readonly string[];
			one: SessionWord;
			/** Of a single one. */
			title?: string;
	  };

export type SessionWord = 'run' | 'chat';

/** Where a dialog about sessions is asked for, from anywhere. What stands behind it is loaded when it opens. */
class SessionDoor {
	wish = $state.raw<SessionWish | null>(null);

	open(wish: SessionWish): void {
		if (wish.ids.length > 0) this.wish = wish;
	}

	close(): void {
		this.wish = null;
	}
}

export const sessionDoor = new SessionDoor();
