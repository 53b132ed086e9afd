/**
 * A text short enough for the model: its middle is left out, and a notice in its place says how much. The result
 * is never longer than `maxChars` (UTF-16 units) unless `maxChars` is too small for the notice itself, and never
 * cuts a character in half.
 */
export function clipForModel(text: string, maxChars = 100_000): string {
	if (text.length <= maxChars) return text;
	const room = Math.max(0, maxChars - notice(text.length).length);
	const headEnd = boundary(text, Math.ceil(room / 2));
	const tailStart = boundary(text, text.length - Math.floor(room / 2), 1);
	return text.slice(0, headEnd) + notice(tailStart - headEnd) + text.slice(tailStart);
}

/** The start of a text, at most `maxChars` UTF-16 units, with … where something is missing. */
export function clipEnd(text: string, maxChars: number): string {
	if (text.length <= maxChars) return text;
	return `${text.slice(0, boundary(text, Math.max(0, maxChars - 1)))}…`;
}

function notice(left: number): string {
	return `\n\n[… ${left} characters left out here: the text is too long to show whole …]\n\n`;
}

/** `at`, moved by `step` where it would split a surrogate pair. */
function boundary(text: string, at: number, step: 1 | -1 = -1): number {
	if (at <= 0 || at >= text.length) return at;
	const splits = isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
	return splits ? at + step : at;
}

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
