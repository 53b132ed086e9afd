/**
 * What sessions cost, kept by day, so that nobody has to read them: money is added on the day of the last thing that
 * happened in the session when it was spent, and stays when the session goes.
 */
import { dayKey } from '../format';
import type { SessionRow } from '../session-row';
import { timeFrom } from './list-query';

type Priced = Pick<SessionRow, 'cost' | 'updatedAt'>;

/** What is added under a kept key. */
export interface Addition {
	key: string;
	n: number;
}

/** USD of a day ("2026-07-16"), and how many sessions came to have a call without a known price on it. */
export const spendKey = (day: string) => `spend\t${day}`;
export const unpricedKey = (day: string) => `unpriced\t${day}`;

/** What a row that takes the place of `before` adds; undefined: there was none. */
export function spentSince(before: Priced | undefined, row: Priced): Addition[] {
	const day = dayKey(row.updatedAt);
	const was = before ? before.cost : 0;
	if (row.cost === null) return was === null ? [] : [{ key: unpricedKey(day), n: 1 }];
	const usd = row.cost - (was ?? 0);
	return usd > 0 ? [{ key: spendKey(day), n: usd }] : [];
}

/** The days of this week up to now, by the reader's calendar; weeks begin on Monday. */
export function daysOfWeek(now: number): string[] {
	const days: string[] = [];
	const day = new Date(timeFrom('week', now));
	for (; day.getTime() <= now; day.setDate(day.getDate() + 1)) days.push(dayKey(day.getTime()));
	return days;
}
