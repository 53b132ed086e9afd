import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDays, groupOf, joinDays, layOut, rowTop, sliceOf } from './day-groups';

const heights = { row: 38, dayHead: 30 };
const at = (day: number, hour: number) => new Date(2026, 6, day, hour).getTime();
const keysOf = (...times: number[]) => times.map((startedAt, i) => ({ id: String(i), startedAt }));

const groupByDay = (keys: { startedAt: number }[]) => joinDays([countDays(keys)]);

const list = fc
	.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 })
	.map((days) => keysOf(...days.sort((a, b) => b - a).map((day) => at(day, 12))));

describe('days', () => {
	it('cuts where the day of the reader changes', () => {
		expect(groupByDay(keysOf(at(16, 14), at(16, 0), at(15, 23), at(13, 9)))).toEqual([
			{ day: '2026-07-16', at: at(16, 14), first: 0, count: 2 },
			{ day: '2026-07-15', at: at(15, 23), first: 2, count: 1 },
			{ day: '2026-07-13', at: at(13, 9), first: 3, count: 1 },
		]);
	});

	it('are the same however the list is cut into stretches', () => {
		fc.assert(
			fc.property(list, fc.nat(), fc.nat(), (keys, one, other) => {
				const [a, b] = [one % (keys.length + 1), other % (keys.length + 1)].sort((x, y) => x - y);
				const parts = [keys.slice(0, a), keys.slice(a, b), keys.slice(b)];
				expect(joinDays(parts.map(countDays))).toEqual(groupByDay(keys));
			}),
		);
	});

	it('has no day for no rows', () => {
		expect(groupByDay([])).toEqual([]);
	});
});

describe('layout', () => {
	const layout = layOut(groupByDay(keysOf(at(16, 14), at(16, 13), at(15, 23))), heights);

	it('stacks each day head over its rows', () => {
		expect(layout.height).toBe(2 * 30 + 3 * 38);
		expect([0, 1, 2].map((index) => rowTop(layout, heights, index))).toEqual([30, 68, 136]);
		expect([0, 1, 2].map((index) => groupOf(layout, index))).toEqual([0, 0, 1]);
	});

	it('shows the rows a window touches, and no others', () => {
		const seen = (top: number, bottom: number) =>
			sliceOf(layout, heights, top, bottom).map(({ group, from, to }) => [group.day, from, to]);
		expect(seen(0, 31)).toEqual([['2026-07-16', 0, 1]]);
		expect(seen(69, 140)).toEqual([
			['2026-07-16', 1, 2],
			['2026-07-15', 2, 3],
		]);
		expect(seen(110, 120)).toEqual([['2026-07-15', 2, 2]]);
	});

	it('puts every row into the windows that cover it, whatever the list', () => {
		fc.assert(
			fc.property(list, fc.integer({ min: 0, max: 2000 }), fc.nat(800), (keys, top, height) => {
				const layout = layOut(groupByDay(keys), heights);
				const shown = sliceOf(layout, heights, top, top + height).flatMap(({ from, to }) =>
					Array.from({ length: to - from }, (_, i) => from + i),
				);
				const covered = keys.flatMap((_, index) => {
					const y = rowTop(layout, heights, index);
					return y + heights.row > top && y < top + height ? [index] : [];
				});
				expect(shown).toEqual(height === 0 ? shown : covered);
			}),
		);
	});
});
