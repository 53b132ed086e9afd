/** Does a piece of work; true when more is left. */
export type Job = (isOver: () => boolean) => boolean;

/** What all readers of text together may take of one frame, ms. */
const budgetMs = 8;

const waiting = new Set<Job>();
let scheduled = false;
let spentMs = 0;

/** Work to do before the next paint, at most once a frame, and never when the page is hidden. */
export function nextFrame(job: Job): () => void {
	waiting.add(job);
	schedule();
	return () => void waiting.delete(job);
}

/** Does the job at once if this frame still has time for it, so that nothing flashes empty. */
export function soon(job: Job): () => void {
	schedule();
	if (spentMs < budgetMs && !timed(job)) return () => {};
	return nextFrame(job);
}

function schedule(): void {
	if (scheduled) return;
	scheduled = true;
	requestAnimationFrame(run);
}

function run(): void {
	scheduled = false;
	spentMs = 0;
	for (const job of [...waiting]) {
		if (spentMs >= budgetMs) break;
		waiting.delete(job);
		if (timed(job)) waiting.add(job);
	}
	if (waiting.size > 0) schedule();
}

/** @returns whether more is left */
function timed(job: Job): boolean {
	const start = performance.now();
	const more = job(() => spentMs + performance.now() - start >= budgetMs);
	spentMs += performance.now() - start;
	return more;
}
