import { describe, expect, it } from 'vitest';
import { findTyped, placeMenu } from './menu-items';

const view = { width: 1000, height: 600 };
const menu = { width: 200, height: 300 };
const anchor = (left: number, top: number) => ({ left, right: left + 100, top, bottom: top + 28 });

describe('where a menu opens', () => {
	it('under what opened it, along the asked edge', () => {
		expect(placeMenu(anchor(400, 100), menu, view, 'start')).toEqual({ left: 400, top: 132 });
		expect(placeMenu(anchor(400, 100), menu, view, 'end')).toEqual({ left: 300, top: 132 });
	});
	it('over it when there is no room below', () => {
		expect(placeMenu(anchor(400, 500), menu, view, 'start').top).toBe(196);
	});
	it('always inside the window', () => {
		expect(placeMenu(anchor(950, 290), menu, view, 'start')).toEqual({ left: 792, top: 292 });
		expect(placeMenu(anchor(-50, 10), menu, { width: 180, height: 200 }, 'start').left).toBe(8);
	});
});

describe('typing in a menu', () => {
	const labels = ['Rename', 'Archive', 'Restore'];
	it('finds the next item that starts so, around the end', () => {
		expect([
			findTyped(labels, 'r', 1),
			findTyped(labels, 'r', 0),
			findTyped(labels, 'A', 2),
		]).toEqual([2, 0, 1]);
	});
	it('finds nothing when none starts so', () => expect(findTyped(labels, 'x', 0)).toBe(-1));
});
