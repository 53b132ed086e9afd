import { daysOfWeek, spendKey, unpricedKey } from '../domain/views/spend';
import { inboxWindow } from '../store/inbox';
import { latestResults } from '../store/results';
import { countsOf } from '../store/session-rows';
import { app } from './app.svelte';
import { clock } from './clock.svelte';

/** Lines of each part of the screen. */
const LINES = 5;

export interface Spend {
	/** USD. */
	week: number;
	/** From Monday to today. */
	days: readonly { day: string; usd: number }[];
	/** Sessions of this week with calls whose price is not known. */
	unpriced: number;
}

/** What Home shows. Each part is a window of a few rows, or a kept number, whatever the history. */
export class Home {
	#needsYou = app.live((db) => inboxWindow(db, LINES));
	#results = app.live((db) => latestResults(db, LINES));
	// Two numbers a day are kept where rows are written (see `spentSince`): a week is fourteen of them.
	#spend = $derived.by(() => {
		const now = new Date(`${clock.today}T23:59`).getTime();
		const days = daysOfWeek(now);
		return app.live(async (db): Promise<Spend> => {
			const spent = await countsOf(db, days.map(spendKey));
			const unpriced = await countsOf(db, days.map(unpricedKey));
			return {
				week: sum(spent),
				days: days.map((day, i) => ({ day, usd: spent[i] ?? 0 })),
				unpriced: sum(unpriced),
			};
		});
	});

	/** Newest first; null before the first answer, as what follows. */
	get needsYou() {
		return this.#needsYou.current ?? null;
	}

	get results() {
		return this.#results.current ?? null;
	}

	get spend(): Spend | null {
		return this.#spend.current ?? null;
	}

	get error(): unknown {
		return this.#needsYou.error ?? this.#results.error ?? this.#spend.error;
	}
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
