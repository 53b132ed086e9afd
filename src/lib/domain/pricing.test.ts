import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Usage } from './log/event';
import { BUILT_IN_PRICES, builtInPrices, priceOf } from './pricing';
import type { PriceRow } from './setting';

const at = Date.parse('2026-11-25T12:00:00Z');
const usage = (more: Partial<Usage> = {}): Usage => ({
	input: 0,
	output: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	cacheRead: 0,
	...more,
});
const own = (more: Partial<PriceRow>): PriceRow => ({
	model: 'qwen',
	input: 1,
	output: 1,
	cacheWrite5m: 1,
	cacheWrite1h: 1,
	cacheRead: 1,
	from: '2026-01-01',
	source: 'me',
	checkedAt: '2026-11-01',
	...more,
});

describe('what a call costs', () => {
	test('is the sum of its tokens at the rates of its model', () => {
		const used = usage({
			input: 1_000_000,
			output: 1_000_000,
			cacheWrite5m: 1_000_000,
			cacheWrite1h: 1_000_000,
			cacheRead: 1_000_000,
		});
		expect(priceOf('claude-sonnet-4-6', used, at)).toEqual({
			usd: 3 + 15 + 3.75 + 6 + 0.3,
			priceVersion: BUILT_IN_PRICES,
		});
	});
	test('is the price of the model itself, not of one whose name it continues', () => {
		const million = usage({ input: 1_000_000 });
		expect(priceOf('claude-opus-5', million, at)?.usd).toBe(5);
		expect(priceOf('claude-opus-5-5', million, at)?.usd).toBe(4);
		expect(priceOf('claude-opus-5-5-20261101', million, at)?.usd).toBe(4);
		expect(priceOf('claude-haiku-4-5-latest', million, at)?.usd).toBe(1);
	});
	test('is unknown for a model that is not listed, however alike its name', () => {
		for (const model of ['claude-opus-5-9', 'claude-opus-55', 'anthropic/claude-opus-5-5', 'gpt-5'])
			expect(priceOf(model, usage({ input: 1 }), at)).toBeNull();
	});
	test('is unknown before the first day its price is known for', () => {
		const before = Date.parse('2026-10-06T23:59:59Z');
		expect(priceOf('claude-haiku-5-5', usage({ input: 1 }), before)).toBeNull();
		expect(priceOf('claude-haiku-5-5', usage({ input: 1 }), before + 1_000)).not.toBeNull();
	});
	test('depends on the size of the whole prompt, cache included, where prices have tiers', () => {
		const short = usage({ input: 40_000, cacheRead: 60_000, output: 1_000_000 });
		const long = usage({ input: 40_001, cacheRead: 60_000, output: 1_000_000 });
		expect(priceOf('claude-haiku-5-5', short, at)?.usd).toBeCloseTo(0.5 + 0.004 + 0.0006, 9);
		expect(priceOf('claude-haiku-5-5', long, at)?.usd).toBeCloseTo(2.5 + 0.0200005 + 0.003, 9);
	});
	test('is nothing for practice, at any time', () => {
		expect(priceOf('practice-1', usage({ input: 1e9 }), 1e12)?.usd).toBe(0);
		expect(priceOf('practice-fast', usage({ output: 1e9 }), at)?.usd).toBe(0);
	});
});

describe('a row of one’s own', () => {
	test('holds for every model whose name it begins, and says that it is one’s own', () => {
		expect(priceOf('qwen3:8b', usage({ input: 2_000_000 }), at, [own({})])).toEqual({
			usd: 2,
			priceVersion: 'own 2026-11-01',
		});
	});
	test('goes before the built-in list', () => {
		const row = own({ model: 'claude-opus-5-5', input: 3 });
		expect(priceOf('claude-opus-5-5', usage({ input: 1_000_000 }), at, [row])?.usd).toBe(3);
	});
	test('with the longer name goes first, then the later one', () => {
		const rows = [
			own({ input: 1 }),
			own({ model: 'qwen3', input: 2 }),
			own({ model: 'qwen3', input: 3, from: '2026-05-01' }),
		];
		expect(priceOf('qwen3:8b', usage({ input: 1_000_000 }), at, rows)?.usd).toBe(3);
	});
	test('ends with its last day, and the built-in list holds again', () => {
		const row = own({ model: 'claude-opus-5-5', input: 3, to: '2026-11-24' });
		expect(priceOf('claude-opus-5-5', usage({ input: 1_000_000 }), at, [row])?.usd).toBe(4);
	});
});

describe('the built-in list', () => {
	test('leaves no doubt which row holds for a model on a day and a prompt', () => {
		const keys = builtInPrices.map(({ model, upToPrompt, from }) =>
			[model, upToPrompt, from].join(),
		);
		expect(new Set(keys).size).toBe(keys.length);
	});
	test('prices more tokens never lower, within a tier', () => {
		const tokens = fc.nat(10_000);
		const arbitrary = fc.record({
			input: tokens,
			output: tokens,
			cacheWrite5m: tokens,
			cacheWrite1h: tokens,
			cacheRead: tokens,
		});
		const models = fc.constantFrom(...builtInPrices.map(({ model }) => model));
		fc.assert(
			fc.property(models, arbitrary, fc.nat(10_000), (model, used, more) => {
				const price = priceOf(model, used, at);
				const higher = priceOf(model, { ...used, output: used.output + more }, at);
				expect(higher?.usd).toBeGreaterThanOrEqual(price?.usd ?? Infinity);
			}),
		);
	});
});
