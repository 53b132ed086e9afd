/** Caps as they are typed: what is wrong with one, and the budget they make. */
import type { Usage } from '$lib/domain/log/event';
import type { Budget } from '$lib/domain/settings';

/** An empty text is no cap. `shown`: an amount in words. */
export function capProblem(
	text: string,
	spent: number,
	shown: (amount: number) => string,
): string | undefined {
	if (text.trim() === '') return undefined;
	const cap = Number(text);
	if (!Number.isFinite(cap) || cap <= 0) return 'Give a number above zero';
	return cap > spent ? undefined : `More than ${shown(spent)} has been used already`;
}

/** Null: without a cap. The texts must be without problems. */
export function budgetOf(tokens: string, usd: string): Budget | null {
	const cap: Budget = {};
	if (tokens.trim()) cap.tokens = Math.round(Number(tokens));
	if (usd.trim()) cap.usd = Number(usd);
	return cap.tokens === undefined && cap.usd === undefined ? null : cap;
}

export function tokensOf(usage: Usage | undefined): number {
	return Object.values(usage ?? {}).reduce((sum: number, n: number) => sum + n, 0);
}
