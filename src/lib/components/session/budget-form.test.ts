import { expect, test } from 'vitest';
import { budgetOf, capProblem } from './budget-form';

const problem = (text: string) => capProblem(text, 1000, String);

test('a cap is a number above what has been used; none is no cap', () => {
	expect(problem('')).toBeUndefined();
	expect(problem('2000')).toBeUndefined();
	expect(problem('1000')).toBe('More than 1000 has been used already');
	expect(problem('-1')).toBe('Give a number above zero');
	expect(problem('many')).toBe('Give a number above zero');
});

test('a budget is made of the caps that are given', () => {
	expect(budgetOf('2000', '')).toEqual({ tokens: 2000 });
	expect(budgetOf(' ', '0.5')).toEqual({ usd: 0.5 });
	expect(budgetOf('', '')).toBeNull();
});
