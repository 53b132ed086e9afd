import { formatMoney, formatTokens } from '$lib/domain/format';
import type { Usage } from '$lib/domain/log/event';

/** The split of a session's tokens: "1.2k in, 8k read from the cache, 340 out". */
export function usageWords(usage: Usage): string {
	const written = usage.cacheWrite5m + usage.cacheWrite1h;
	return [
		`${formatTokens(usage.input)} tokens in`,
		usage.cacheRead > 0 ? `${formatTokens(usage.cacheRead)} read from the cache` : '',
		written > 0 ? `${formatTokens(written)} written to the cache` : '',
		`${formatTokens(usage.output)} out`,
	]
		.filter((phrase) => phrase !== '')
		.join(', ');
}

export function costWords(usd: number | null): string {
	return usd === null
		? 'The cost is unknown: a model of this run has no price in Settings'
		: `${formatMoney(usd)} by the price list in Settings`;
}
