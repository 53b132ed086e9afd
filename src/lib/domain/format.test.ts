import { describe, expect, it } from 'vitest';
import {
	dayKey,
	formatBytes,
	formatClock,
	formatDay,
	formatDuration,
	formatMoney,
	formatRough,
	formatTiming,
	formatTokens,
	formatUntil,
	formatWhen,
} from './format';

const at = (y: number, m: number, d: number, h = 12, min = 0) =>
	new Date(y, m - 1, d, h, min).getTime();
const now = at(2026, 7, 16, 14, 30);

describe('a moment ahead', () => {
	const at = Date.UTC(2026, 6, 16, 14, 31, 8);
	const shown = (inMs: number) => formatUntil(at, at - inMs, 'en-GB').split(':').length;
	it('has seconds within the next minute, and once it has passed', () => {
		expect([3_600_000, 60_000, 59_999, -1_000].map(shown)).toEqual([2, 2, 3, 3]);
	});
});

describe('durations', () => {
	it.each([
		[0, '0s'],
		[-50, '0s'],
		[48_900, '48s'],
		[59_999, '59s'],
		[60_000, '1m 00s'],
		[252_000, '4m 12s'],
		[483_000, '8m 03s'],
		[4_320_000, '1h 12m'],
		[3_600_000, '1h 00m'],
		[97_200_000, '1d 03h'],
	])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

	it('a rough duration is its largest unit', () => {
		expect([48_000, 252_000, 4_320_000].map(formatRough)).toEqual(['48s', '4m', '1h']);
	});

	it('a step under ten seconds shows tenths', () => {
		expect([90, 430, 6_240, 9_999, 12_000].map(formatTiming)).toEqual([
			'<0.1s',
			'0.4s',
			'6.2s',
			'9.9s',
			'12s',
		]);
	});
});

describe('days', () => {
	it('today and yesterday are named, with the date beside', () => {
		expect(formatDay(at(2026, 7, 16, 0, 5), now, 'en-GB')).toEqual({
			lead: 'Today',
			rest: 'Thu 16 July',
		});
		expect(formatDay(at(2026, 7, 15, 23, 59), now, 'en-GB')).toEqual({
			lead: 'Yesterday',
			rest: 'Wed 15 July',
		});
	});

	it('other days lead with the weekday', () => {
		expect(formatDay(at(2026, 7, 14), now, 'en-GB')).toEqual({ lead: 'Tuesday', rest: '14 July' });
	});

	it('another year is said', () => {
		expect(formatDay(at(2025, 7, 14), now, 'en-GB').rest).toBe('14 July 2025');
	});

	it('the short form says clock times within a week and dates before', () => {
		const said = [
			at(2026, 7, 16, 14, 29),
			at(2026, 7, 15, 9),
			at(2026, 7, 13, 17, 45),
			at(2026, 7, 9),
		].map((ms) => formatWhen(ms, now, 'en-GB'));
		expect(said).toEqual(['Today 14:29', 'Yesterday 09:00', 'Mon 17:45', '9 July']);
	});

	it('the key is the local calendar day', () => {
		expect(dayKey(at(2026, 7, 6, 0, 1))).toBe('2026-07-06');
	});

	it('the clock follows the locale', () => {
		expect(formatClock(at(2026, 7, 16, 14, 29), 'en-GB')).toBe('14:29');
		expect(formatClock(at(2026, 7, 16, 14, 29), 'en-US')).toMatch(/^02:29\sPM$/);
	});
});

describe('amounts', () => {
	it.each([
		[0, '0'],
		[812, '812'],
		[1_000, '1k'],
		[1_240, '1.2k'],
		[9_960, '10k'],
		[24_300, '24k'],
		[999_600, '1M'],
		[1_400_000, '1.4M'],
	])('%d tokens is %s', (n, text) => expect(formatTokens(n)).toBe(text));

	it.each([
		[212, '212 B'],
		[1_400, '1.4 KB'],
		[5_000_000, '5 MB'],
	])('%d bytes is %s', (n, text) => expect(formatBytes(n)).toBe(text));

	it.each([
		[null, '–'],
		[undefined, '–'],
		[Number.NaN, '–'],
		[0, '$0.00'],
		[0.004, '<$0.01'],
		[0.42, '$0.42'],
		[1234.5, '$1,234.50'],
	])('%s dollars is %s', (usd, text) => expect(formatMoney(usd)).toBe(text));
});
