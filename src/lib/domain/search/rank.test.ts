import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rank } from './rank';

const best = (typed: string, ...names: string[]) =>
	names
		.map((name) => ({ name, ranked: rank(name, typed) }))
		.filter(({ ranked }) => ranked !== null)
		.sort((a, b) => (b.ranked?.score ?? 0) - (a.ranked?.score ?? 0))
		.map(({ name }) => name);

it('a name that begins so comes before one with such a word, and that before one with it inside', () => {
	expect(best('run', 'Prune logs', 'Agent Runs', 'Run agent', 'Settings')).toEqual([
		'Run agent',
		'Agent Runs',
		'Prune logs',
	]);
	expect(best('settings', 'Settings for runs', 'Settings')).toEqual([
		'Settings',
		'Settings for runs',
	]);
});

it('words may come in any order; initials will do, chance will not', () => {
	expect(best('run new', 'New run', 'New agent')).toEqual(['New run']);
	expect(best('ar', 'Agent Runs', 'Calendar')).toEqual(['Calendar', 'Agent Runs']);
	expect(best('gr', 'Settings for runs')).toEqual([]);
	expect(best('resume', 'Résumé reader')).toEqual(['Résumé reader']);
});

it('nothing typed takes everything, in the order it was given', () => {
	expect(rank('Anything', ' ')).toEqual({ score: 1, marks: [] });
});

it('marks lie in the name, in order and apart; scores are above zero', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 6 }), (name, typed) => {
			const ranked = rank(name, typed);
			if (!ranked) return;
			expect(ranked.score).toBeGreaterThan(0);
			let end = -1;
			for (const { from, to } of ranked.marks) {
				expect(from).toBeGreaterThan(end);
				expect(to).toBeGreaterThan(from);
				end = to;
			}
			expect(end).toBeLessThanOrEqual(name.length);
		}),
	);
});

it('a part of a name is always found', () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (a, b, c) => {
			expect(rank(a + b + c, b)).not.toBeNull();
		}),
	);
});
