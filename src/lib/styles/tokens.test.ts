import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, mix, oklch, type Colour } from './contrast';

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8').replace(
	/\/\*[\s\S]*?\*\//g,
	'',
);

function block(selector: string): Record<string, string> {
	const start = css.indexOf(selector);
	const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
	return Object.fromEntries(
		[...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value?.trim()]),
	) as Record<string, string>;
}

const light = block(':root');
const dark = { ...light, ...block("[data-theme='dark']") };

const statuses = ['running', 'completed', 'failed', 'cancelled', 'waiting', 'permission'];
const grounds = ['canvas', 'surface', 'raised', 'overlay', 'well'];
const texts = ['text', 'text-2', 'text-3', 'accent-text', ...statuses];

describe.each([
	['light', light],
	['dark', dark],
])('%s theme', (_, theme) => {
	const raw = (name: string) =>
		(theme[name] ?? '').replace(/var\(--([\w-]+)\)/g, (_match, ref: string) => theme[ref] ?? '');
	const colour = (name: string): Colour => oklch(raw(name));
	const laid = (top: string, ground: string) => mix(colour(top), colour(ground));

	const under: [string, Colour][] = [
		...grounds.map((name): [string, Colour] => [name, colour(name)]),
		['surface + select', laid('select', 'surface')],
		['surface + hover', laid('hover', 'surface')],
		['surface + press', laid('press', 'surface')],
		['canvas + press', laid('press', 'canvas')],
	];

	it.each(texts)('%s reads at 4.5:1 on every ground', (name) => {
		for (const [ground, c] of under)
			expect(contrast(colour(name), c), ground).toBeGreaterThanOrEqual(4.5);
	});

	it.each(['focus', 'line-ctl'])('%s stands out at 3:1 on every ground', (name) => {
		for (const [ground, c] of under)
			expect(contrast(colour(name), c), ground).toBeGreaterThanOrEqual(3);
	});

	it('text on the accent reads at 4.5:1, at rest and under the pointer', () => {
		for (const name of ['accent', 'accent-hover'])
			expect(contrast(colour('on-accent'), colour(name))).toBeGreaterThanOrEqual(4.5);
	});

	it.each(statuses)('the %s pill is made from its status and reads at 4.5:1', (name) => {
		const [, l, c, h] = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(raw(`${name}-fill`)) ?? [];
		const [, , chroma, hue] = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(raw(name)) ?? [];
		expect([Number(l), Number(h)]).toEqual([Number(theme['tint-l']), Number(hue)]);
		expect(Number(c)).toBeCloseTo(Number(chroma) * Number(theme['tint-k']), 4);
		expect(contrast(colour(name), colour(`${name}-fill`))).toBeGreaterThanOrEqual(4.5);
	});

	it.each([
		['add', 'completed'],
		['del', 'failed'],
	])('%s lines keep their text and sign readable', (fill, sign) => {
		for (const name of ['text', 'text-2', sign])
			expect(contrast(colour(name), colour(fill)), name).toBeGreaterThanOrEqual(4.5);
	});

	it('every coloured token is inside sRGB', () => {
		const hues = [...statuses, 'accent', 'accent-text', 'focus'];
		expect(hues.filter((name) => colour(name).clipped)).toEqual([]);
	});
});
