import { describe, expect, it } from 'vitest';
import { inLots } from './in-lots';

describe('in lots', () => {
	it('does together what came while something was under way, and gives each its own', async () => {
		const lots: number[][] = [];
		const twice = inLots(async (lot: readonly number[]) => {
			lots.push([...lot]);
			await new Promise((done) => setTimeout(done));
			return lot.map((one) => one * 2);
		});
		expect(await Promise.all([1, 2, 3].map(twice))).toEqual([2, 4, 6]);
		expect(await twice(4)).toBe(8);
		expect(lots).toEqual([[1], [2, 3], [4]]);
	});

	it('fails for all of a lot, and goes on', async () => {
		const odd = inLots((lot: readonly number[]) =>
			lot.some((one) => one % 2 === 0) ? Promise.reject(new Error('even')) : Promise.resolve(lot),
		);
		const results = await Promise.allSettled([1, 2, 3].map(odd));
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
		expect(await odd(5)).toBe(5);
	});
});
