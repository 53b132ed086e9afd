import { describe, expect, it } from 'vitest';
import { parseKeys } from '../../domain/keys';
import { otherPlaces, placeOf, places, readyPlaces, tabPlaces } from './nav';

describe('places', () => {
	it('keep their numbers, ready or not', () => {
		expect(places.map(({ label, keys }) => [label, keys[0]])).toEqual([
			['Home', 'mod+1'],
			['Tickets', 'mod+2'],
			['Automations', 'mod+3'],
			['Agents', 'mod+4'],
			['Chat', 'mod+5'],
			['Agent Runs', 'mod+6'],
			['Inbox', 'mod+7'],
			['Activity', 'mod+8'],
			['Settings', 'mod+comma'],
		]);
	});
	it('have keys that parse', () => {
		expect(() => places.flatMap(({ keys }) => keys).map(parseKeys)).not.toThrow();
	});
	it('stand on the tab bar four at most beside More, or behind it, and only when ready', () => {
		expect(tabPlaces.length).toBeLessThanOrEqual(4);
		expect(new Set([...tabPlaces, ...otherPlaces])).toEqual(new Set(readyPlaces));
	});
	it('own the paths below them', () => {
		expect(['/runs', '/runs/01J', '/runsome', '/'].map(placeOf)).toEqual([
			'runs',
			'runs',
			undefined,
			'home',
		]);
	});
});
