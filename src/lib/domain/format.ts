/** Locale for dates and numbers; undefined is the reader's own. */
type Locale = string | undefined;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');

/** "48s", "4m 12s", "1h 12m", "2d 03h". Whole units, cut, not rounded: a clock never runs ahead. */
export function formatDuration(ms: number): string {
	const t = Math.max(0, ms);
	const part = (unit: number, within: number) => Math.floor((t % within) / unit);
	if (t < MINUTE) return `${Math.floor(t / SECOND)}s`;
	if (t < HOUR) return `${Math.floor(t / MINUTE)}m ${two(part(SECOND, MINUTE))}s`;
	if (t < DAY) return `${Math.floor(t / HOUR)}h ${two(part(MINUTE, HOUR))}m`;
	return `${Math.floor(t / DAY)}d ${two(part(HOUR, DAY))}h`;
}

/** "48s", "22m", "1h", "2d": the largest unit alone, for narrow places. */
export function formatRough(ms: number): string {
	return formatDuration(ms).split(' ')[0] ?? '';
}

/** "0.4s" under ten seconds, then as `formatDuration`: for single steps. */
export function formatTiming(ms: number): string {
	const tenths = Math.floor(Math.max(0, ms) / 100);
	if (tenths === 0) return '<0.1s';
	return tenths < 100 ? `${(tenths / 10).toFixed(1)}s` : formatDuration(ms);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs far more than using one, and lists use thousands. */
function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale ?? ''} ${JSON.stringify(options)}`;
	let made = formatters.get(key);
	if (!made) formatters.set(key, (made = new Intl.DateTimeFormat(locale, options)));
	return made;
}

/** "14:29", or the locale's own. */
export function formatClock(epochMs: number, locale?: string): string {
	return formatter(locale, { hour: '2-digit', minute: '2-digit' }).format(epochMs);
}

/** A moment ahead: "14:32", within the next minute "14:32:08". */
export function formatUntil(epochMs: number, nowMs: number, locale?: string): string {
	if (epochMs - nowMs >= MINUTE) return formatClock(epochMs, locale);
	return formatter(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
		epochMs,
	);
}

/** Days between two moments by the calendar, so that a day of 23 or 25 hours counts as one. */
function daysBetween(earlierMs: number, laterMs: number): number {
	const midnight = (ms: number) => {
		const d = new Date(ms);
		return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
	};
	return Math.round((midnight(laterMs) - midnight(earlierMs)) / DAY);
}

const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear();

/** The calendar day in the reader's time zone, "2026-07-16". */
export function dayKey(epochMs: number): string {
	const d = new Date(epochMs);
	return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

export interface DayParts {
	/** "Today", "Yesterday", or the weekday. */
	lead: string;
	/** "Thu 16 July"; without the weekday when `lead` is one; with the year when it is another. */
	rest: string;
}

export function formatDay(epochMs: number, nowMs: number, locale?: string): DayParts {
	const date = formatter(locale, {
		day: 'numeric',
		month: 'long',
		year: sameYear(epochMs, nowMs) ? undefined : 'numeric',
	}).format(epochMs);
	const ago = daysBetween(epochMs, nowMs);
	if (ago !== 0 && ago !== 1)
		return { lead: formatter(locale, { weekday: 'long' }).format(epochMs), rest: date };
	const weekday = formatter(locale, { weekday: 'short' }).format(epochMs);
	return { lead: ago === 0 ? 'Today' : 'Yesterday', rest: `${weekday} ${date}` };
}

/** "Today 14:29", "Wed 17:45" within a week, then "14 July", "14 July 2025". */
export function formatWhen(epochMs: number, nowMs: number, locale?: string): string {
	const ago = daysBetween(epochMs, nowMs);
	const clock = formatClock(epochMs, locale);
	if (ago === 0) return `Today ${clock}`;
	if (ago === 1) return `Yesterday ${clock}`;
	if (ago > 1 && ago < 7)
		return `${formatter(locale, { weekday: 'short' }).format(epochMs)} ${clock}`;
	return formatDay(epochMs, nowMs, locale).rest;
}

function scaled(n: number, base: number, units: readonly string[]): string {
	let value = n;
	let unit = 0;
	// 999.5 would print as 1000 of the smaller unit.
	while (unit < units.length - 1 && value >= base - 0.5) {
		value /= base;
		unit++;
	}
	const digits = unit > 0 && value < 9.95 ? 1 : 0;
	return `${value.toFixed(digits).replace(/\.0$/, '')}${units[unit]}`;
}

/** "812", "1.2k", "24k", "1.4M". */
export function formatTokens(count: number): string {
	return scaled(Math.max(0, count), 1000, ['', 'k', 'M', 'G']);
}

/** "212 B", "1.4 KB", "24 MB": decimal units. */
export function formatBytes(bytes: number): string {
	return scaled(Math.max(0, bytes), 1000, [' B', ' KB', ' MB', ' GB', ' TB']);
}

/** US dollars: "$0.42", "<$0.01" for what would print as nothing, "–" when unknown. */
export function formatMoney(usd: number | null | undefined): string {
	if (usd === null || usd === undefined || !Number.isFinite(usd)) return '–';
	if (usd > 0 && usd < 0.01) return '<$0.01';
	return `$${usd.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`;
}
