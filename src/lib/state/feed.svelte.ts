import { feedLine, inFeed, type FeedLine, type FeedQuery } from '../domain/views/feed';
import { timeFrom } from '../domain/views/list-query';
import { feedWindow, type FeedWindow } from '../store/feed';
import { app } from './app.svelte';
import { clock } from './clock.svelte';
import { tickets } from './tickets.svelte';

/** Lines shown at first, and more of them each time the end comes near. */
const STEP_LINES = 100;
/** Events read for them at most: filters that let little through look back in steps. */
const STEP_EVENTS = 5000;

/** The workspace's feed under one query, newest first. */
export class Feed {
	#steps = $state(1);
	#query = $derived.by(() => {
		const asked = this.asked();
		const steps = this.#steps;
		// By the day, so that it is not read anew every second.
		const from = timeFrom(asked.time, new Date(`${clock.today}T12:00`).getTime());
		return app.live((db) =>
			feedWindow(db, {
				from,
				wants: (entry) => inFeed(entry, asked),
				limit: steps * STEP_LINES,
				most: steps * STEP_EVENTS,
			}),
		);
	});
	#last: { asked: FeedQuery; answer: FeedWindow } | null = null;
	// While more of the same is being read, what was there is better than nothing.
	#answer = $derived.by(() => {
		const asked = this.asked();
		const answer = this.#query.current;
		if (answer) this.#last = { asked, answer };
		return answer ?? (this.#last?.asked === asked ? this.#last.answer : null);
	});

	/** Null before the first answer. */
	readonly lines: readonly FeedLine[] | null = $derived.by(
		() => this.#answer?.entries.flatMap((entry) => feedLine(entry, tickets.byId) ?? []) ?? null,
	);

	/** `asked` gives the same object for as long as the same is asked for. */
	constructor(private readonly asked: () => FeedQuery) {}

	get more(): boolean {
		return this.#answer?.more ?? false;
	}

	/** How far back was looked, epoch ms; null: to the end. */
	get lookedTo(): number | null {
		return this.#answer?.lookedTo ?? null;
	}

	get error(): unknown {
		return this.#query.error;
	}

	loadMore(): void {
		if (this.more) this.#steps += 1;
	}
}
