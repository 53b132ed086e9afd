import { expect, test } from 'vitest';
import { daysOfWeek, spendKey, spentSince, unpricedKey } from './spend';

const monday = new Date(2026, 10, 23, 9).getTime();
const thursday = new Date(2026, 10, 26, 18).getTime();

test('a row adds what was spent since it was written last, on the day of the last thing that happened', () => {
	expect(spentSince(undefined, { cost: 0.5, updatedAt: monday })).toEqual([
		{ key: spendKey('2026-11-23'), n: 0.5 },
	]);
	expect(spentSince({ cost: 0.5, updatedAt: monday }, { cost: 1.25, updatedAt: thursday })).toEqual(
		[{ key: spendKey('2026-11-26'), n: 0.75 }],
	);
});

test('a row that cost nothing more adds nothing', () => {
	const row = { cost: 0.5, updatedAt: monday };
	expect(spentSince(row, { ...row, updatedAt: thursday })).toEqual([]);
	expect(spentSince(undefined, { cost: 0, updatedAt: monday })).toEqual([]);
});

test('a session whose price is not known is counted once', () => {
	const unknown = { cost: null, updatedAt: thursday };
	expect(spentSince({ cost: 0.5, updatedAt: monday }, unknown)).toEqual([
		{ key: unpricedKey('2026-11-26'), n: 1 },
	]);
	expect(spentSince(unknown, unknown)).toEqual([]);
});

test('a week begins on Monday and has the days up to now', () => {
	expect(daysOfWeek(thursday)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
	expect(daysOfWeek(monday)).toEqual(['2026-11-23']);
});
