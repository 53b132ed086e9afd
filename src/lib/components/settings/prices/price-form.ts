import type { PriceRow } from '$lib/domain/setting';

export const rates = [
	{ key: 'input', label: 'Input' },
	{ key: 'output', label: 'Output' },
	{ key: 'cacheRead', label: 'Cache read' },
	{ key: 'cacheWrite5m', label: 'Cache write, 5 min' },
	{ key: 'cacheWrite1h', label: 'Cache write, 1 hour' },
] as const;

export type RateKey = (typeof rates)[number]['key'];

/** A price as it is typed. */
export type PriceText = Record<RateKey | 'model' | 'upToPrompt' | 'from' | 'to' | 'source', string>;

export type PriceProblems = Partial<Record<keyof PriceText, string>>;

/** `today` as an ISO date: prices hold from the day they are entered unless said otherwise. */
export function priceText(row: PriceRow | null, today: string): PriceText {
	const text = (value: number | undefined) => (value === undefined ? '' : String(value));
	return {
		model: row?.model ?? '',
		input: text(row?.input),
		output: text(row?.output),
		cacheRead: text(row?.cacheRead),
		cacheWrite5m: text(row?.cacheWrite5m),
		cacheWrite1h: text(row?.cacheWrite1h),
		upToPrompt: text(row?.upToPrompt),
		from: row?.from ?? today,
		to: row?.to ?? '',
		source: row?.source ?? '',
	};
}

/**
 * Reads what was typed. An empty cache price is the input price, which is what servers without a cache charge.
 */
export function readPrice(
	text: PriceText,
	today: string,
): { ok: true; row: PriceRow } | { ok: false; problems: PriceProblems } {
	const problems: PriceProblems = {};
	const model = text.model.trim();
	if (model === '') problems.model = 'Type the beginning of the model’s id.';
	const numbers = {} as Record<RateKey, number>;
	for (const { key } of rates) {
		const typed = text[key].trim().replace(',', '.');
		const needed = key === 'input' || key === 'output';
		const value = typed === '' ? numbers.input : Number(typed);
		if (typed === '' ? needed : !(value >= 0) || !Number.isFinite(value))
			problems[key] = 'Type a price in USD per million tokens.';
		numbers[key] = value;
	}
	const tier = text.upToPrompt.trim();
	const upToPrompt = tier === '' ? undefined : Number(tier);
	if (upToPrompt !== undefined && !(Number.isInteger(upToPrompt) && upToPrompt > 0))
		problems.upToPrompt = 'Type a whole number of tokens.';
	if (!isDay(text.from)) problems.from = 'Choose the first day.';
	if (text.to !== '' && !isDay(text.to)) problems.to = 'Choose the last day, or leave it empty.';
	else if (text.to !== '' && text.to < text.from) problems.to = 'It ends before it begins.';
	if (Object.keys(problems).length > 0) return { ok: false, problems };
	const row: PriceRow = {
		model,
		...numbers,
		...(upToPrompt === undefined ? {} : { upToPrompt }),
		from: text.from,
		...(text.to === '' ? {} : { to: text.to }),
		source: text.source.trim() || 'entered by hand',
		checkedAt: today,
	};
	return { ok: true, row };
}

/** This day, where the person is, as an ISO date. */
export function isoDay(epochMs: number): string {
	const at = new Date(epochMs);
	return new Date(epochMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** USD per million tokens: "5", "0.125". */
export const shownRate = (usd: number): string => String(Number(usd.toFixed(4)));

function isDay(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
