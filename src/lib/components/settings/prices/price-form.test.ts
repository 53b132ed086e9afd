import { expect, test } from 'vitest';
import { builtInPrices } from '$lib/domain/pricing';
import { priceText, readPrice } from './price-form';

const today = '2026-11-22';
const typed = { ...priceText(null, today), model: 'qwen3', input: '0,5', output: '2' };

test('every built-in price goes through the form unchanged', () => {
	for (const row of builtInPrices)
		expect(readPrice(priceText(row, today), row.checkedAt)).toEqual({ ok: true, row });
});

test('a cache price that is left empty is the input price', () => {
	expect(readPrice(typed, today)).toEqual({
		ok: true,
		row: {
			model: 'qwen3',
			input: 0.5,
			output: 2,
			cacheRead: 0.5,
			cacheWrite5m: 0.5,
			cacheWrite1h: 0.5,
			from: today,
			source: 'entered by hand',
			checkedAt: today,
		},
	});
});

test('what cannot be a price is told at its field', () => {
	const bad = {
		...typed,
		model: ' ',
		input: '-1',
		output: '',
		upToPrompt: '1.5',
		to: '2020-01-01',
	};
	const read = readPrice(bad, today);
	expect(read.ok ? [] : Object.keys(read.problems).sort()).toEqual([
		'input',
		'model',
		'output',
		'to',
		'upToPrompt',
	]);
});
