/**
 * What a model call costs. Prices are dated data: the built-in list is a copy of the provider's price page of
 * one day, a person can lay rows of their own over it, and where no row fits the cost is unknown, never guessed.
 */
import type { Usage } from './log/event';
import type { PriceRow } from './setting';

/** The day the built-in list was checked; stands in every cost computed from it. */
export const BUILT_IN_PRICES = '2026-11-22';

const source = 'https://platform.claude.com/docs/en/about-claude/pricing';

type Rates = [
	input: number,
	output: number,
	cacheWrite5m: number,
	cacheWrite1h: number,
	cacheRead: number,
];

function row(
	model: string,
	[input, output, cacheWrite5m, cacheWrite1h, cacheRead]: Rates,
	more: Pick<PriceRow, 'upToPrompt'> & { from?: string; to?: string } = {},
): PriceRow {
	const { from = BUILT_IN_PRICES, to, upToPrompt } = more;
	return {
		model,
		input,
		output,
		cacheWrite5m,
		cacheWrite1h,
		cacheRead,
		...(upToPrompt !== undefined && { upToPrompt }),
		from,
		...(to !== undefined && { to }),
		source,
		checkedAt: BUILT_IN_PRICES,
	};
}

const opus5: Rates = [5, 25, 6.25, 10, 0.5];
/** The day Haiku 5.5 came out and reading Sonnet 5.5's cache became cheaper. */
const october = '2026-10-07';

export const builtInPrices: readonly PriceRow[] = [
	row('claude-fable-5-2', [8, 40, 10, 16, 0.2]),
	row('claude-opus-5-5', [4, 20, 5, 8, 0.2]),
	row('claude-opus-5', opus5),
	row('claude-opus-4-8', opus5),
	row('claude-opus-4-7', opus5),
	row('claude-opus-4-6', opus5),
	row('claude-opus-4-5', opus5),
	row('claude-sonnet-5-5', [2, 10, 2.5, 4, 0.1], { from: october }),
	row('claude-sonnet-5', [2, 10, 2.5, 4, 0.2]),
	row('claude-sonnet-4-6', [3, 15, 3.75, 6, 0.3]),
	row('claude-haiku-5-5', [0.1, 0.5, 0.125, 0.2, 0.01], { from: october, upToPrompt: 100_000 }),
	row('claude-haiku-5-5', [0.5, 2.5, 0.625, 1, 0.05], { from: october }),
	row('claude-haiku-4-5', [1, 5, 1.25, 2, 0.1]),
	{ ...row('practice-1', [0, 0, 0, 0, 0], { from: '2000-01-01' }), source: 'built in' },
	{ ...row('practice-fast', [0, 0, 0, 0, 0], { from: '2000-01-01' }), source: 'built in' },
];

export interface Price {
	usd: number;
	/** Of the list the price came from: the day of the built-in one, or `own` and the day of the person's row. */
	priceVersion: string;
}

/**
 * The cost of one call in USD, or null where no row is known for this model on this day. The person's own rows
 * come first. A row of theirs holds for every model whose id starts with its name; a built-in one only for the
 * model itself and its dated snapshots, since a longer name is another model with another price.
 */
export function priceOf(
	model: string,
	usage: Usage,
	/** Epoch ms. */
	at: number,
	ownRows: readonly PriceRow[] = [],
): Price | null {
	const day = new Date(at).toISOString().slice(0, 10);
	const prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
	const fits = (row: PriceRow): boolean =>
		row.from <= day &&
		(row.to === undefined || day <= row.to) &&
		(row.upToPrompt === undefined || prompt <= row.upToPrompt);
	const own = best(ownRows.filter((row) => model.startsWith(row.model) && fits(row)));
	if (own) return { usd: cost(own, usage), priceVersion: `own ${own.checkedAt}` };
	const listed = best(builtInPrices.filter((row) => isSame(row.model, model) && fits(row)));
	return listed && { usd: cost(listed, usage), priceVersion: BUILT_IN_PRICES };
}

/** `claude-x` also names its snapshots: `claude-x-20260101`, `claude-x-latest`. */
function isSame(listed: string, model: string): boolean {
	return model.startsWith(listed) && /^(?:-(?:\d{8}|latest))?$/.test(model.slice(listed.length));
}

/** The row that says most: the longest name, then the smallest tier, then the latest start. */
function best(rows: PriceRow[]): PriceRow | null {
	const [first] = [...rows].sort(
		(one, other) =>
			other.model.length - one.model.length ||
			(one.upToPrompt ?? Infinity) - (other.upToPrompt ?? Infinity) ||
			(one.from < other.from ? 1 : -1),
	);
	return first ?? null;
}

function cost(row: PriceRow, usage: Usage): number {
	const millionths =
		usage.input * row.input +
		usage.output * row.output +
		usage.cacheWrite5m * row.cacheWrite5m +
		usage.cacheWrite1h * row.cacheWrite1h +
		usage.cacheRead * row.cacheRead;
	return millionths / 1_000_000;
}
