import { expect, test } from 'vitest';
import { formatClock } from '../format';
import { reasonOf } from './reason';

const until = Date.UTC(2026, 10, 22, 12, 30);

test('a reason with a time says what happens then: a limit ends, anything else is tried again', () => {
	expect(
		['Rate-limited', 'The endpoint does not answer'].map((reason) =>
			reasonOf({ reason, until }, until - 600_000),
		),
	).toEqual([
		`Rate-limited until ${formatClock(until)}`,
		`The endpoint does not answer, next try ${formatClock(until)}`,
	]);
});

test('a reason without a time stands alone', () => {
	expect(reasonOf({ reason: 'Paused by you', until: null }, 0)).toBe('Paused by you');
});
