/**
 * A long list cut by days and laid out on paper: which rows a window shows, and where. Heights are fixed
 * (CSS px), so a place is arithmetic and the list can jump anywhere without having drawn what lies between.
 */
import { dayKey } from '../format';
import type { RowKey } from './list';

export interface DayGroup {
	/** "2026-07-16": the day in the reader's time zone. */
	day: string;
	/** A moment of that day, epoch ms. */
	at: number;
	/** Index of its first row in the whole list. */
	first: number;
	count: number;
}

/** A day of the reader's calendar: its name and its ends, [from, before), epoch ms. */
export function dayOf(at: number): { day: string; from: number; before: number } {
	const day = new Date(at);
	day.setHours(0, 0, 0, 0);
	const from = day.getTime();
	day.setDate(day.getDate() + 1);
	return { day: dayKey(at), from, before: day.getTime() };
}

/** Rows of one day within a stretch of a list. */
export type DayCount = Omit<DayGroup, 'first'>;

/** Cuts an ordered list wherever the day changes. */
export function countDays(keys: readonly Pick<RowKey, 'startedAt'>[]): DayCount[] {
	const days: DayCount[] = [];
	let last: DayCount | undefined;
	for (const { startedAt } of keys) {
		const day = dayKey(startedAt);
		if (last?.day === day) last.count++;
		else days.push((last = { day, at: startedAt, count: 1 }));
	}
	return days;
}

/** Days of stretches that follow one another: a day that goes on in the next stretch is one group. */
export function joinDays(stretches: readonly (readonly DayCount[])[]): DayGroup[] {
	const groups: DayGroup[] = [];
	let last: DayGroup | undefined;
	let first = 0;
	for (const days of stretches)
		for (const { day, at, count } of days) {
			if (count === 0) continue;
			if (last?.day === day) last.count += count;
			else groups.push((last = { day, at, first, count }));
			first += count;
		}
	return groups;
}

export function sameDays(one: readonly DayCount[], other: readonly DayCount[]): boolean {
	return (
		one.length === other.length &&
		one.every(({ day, count }, i) => day === other[i]?.day && count === other[i]?.count)
	);
}

export interface Heights {
	row: number;
	dayHead: number;
}

export interface PlacedGroup extends DayGroup {
	/** From the top of the list. */
	top: number;
	height: number;
}

export interface Layout {
	groups: PlacedGroup[];
	height: number;
}

export function layOut(groups: readonly DayGroup[], heights: Heights): Layout {
	let top = 0;
	const placed = groups.map((group) => {
		const height = heights.dayHead + group.count * heights.row;
		const here = { ...group, top, height };
		top += height;
		return here;
	});
	return { groups: placed, height: top };
}

/** Rows `from` up to, without, `to` of one group, as indexes of the whole list. */
export interface Slice {
	group: PlacedGroup;
	from: number;
	to: number;
}

/** The groups and rows that lie, wholly or in part, between two heights of the list. */
export function sliceOf(layout: Layout, heights: Heights, top: number, bottom: number): Slice[] {
	const slices: Slice[] = [];
	for (let i = groupAt(layout, top); i < layout.groups.length; i++) {
		const group = layout.groups[i];
		if (!group || group.top >= bottom) break;
		const rowsTop = group.top + heights.dayHead;
		const within = (px: number) => Math.min(group.count, Math.max(0, px));
		slices.push({
			group,
			from: group.first + within(Math.floor((top - rowsTop) / heights.row)),
			to: group.first + within(Math.ceil((bottom - rowsTop) / heights.row)),
		});
	}
	return slices;
}

/** Where a row begins, from the top of the list. */
export function rowTop(layout: Layout, heights: Heights, index: number): number {
	const group = layout.groups[groupOf(layout, index)];
	return group ? group.top + heights.dayHead + (index - group.first) * heights.row : 0;
}

/** Position, among the groups, of the one that holds row `index`. */
export function groupOf(layout: Layout, index: number): number {
	return lastWhere(layout.groups, (group) => group.first <= index);
}

function groupAt(layout: Layout, top: number): number {
	return lastWhere(layout.groups, (group) => group.top <= top);
}

/** Position of the last element for which `holds`, given that it holds for a beginning of the list; else 0. */
function lastWhere<T>(list: readonly T[], holds: (one: T) => boolean): number {
	let low = 0;
	let high = list.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		const one = list[middle];
		if (one !== undefined && holds(one)) low = middle;
		else high = middle - 1;
	}
	return low;
}
