import type { JsonObject, JsonValue } from '../json';

/** A number within the bounds; `nth` moves it up where there is room, so that items of a list differ. */
export function exampleNumber(form: JsonObject, nth = 0): number | undefined {
	const whole =
		form.type === 'integer' || (Array.isArray(form.type) && form.type.includes('integer'));
	const step = numberOr(form.multipleOf, 0);
	const low = Math.max(
		numberOr(form.minimum, -Infinity),
		numberOr(form.exclusiveMinimum, -Infinity),
	);
	const high = Math.min(
		numberOr(form.maximum, Infinity),
		numberOr(form.exclusiveMaximum, Infinity),
	);
	const fits = (value: number) =>
		Number.isFinite(value) &&
		value >= low &&
		value <= high &&
		value !== form.exclusiveMinimum &&
		value !== form.exclusiveMaximum &&
		(!whole || Number.isInteger(value));
	return candidates(low, high, step, whole, nth).find(fits);
}

function candidates(
	low: number,
	high: number,
	step: number,
	whole: boolean,
	nth: number,
): number[] {
	if (step > 0) {
		const start = Number.isFinite(low)
			? Math.ceil(low / step)
			: Number.isFinite(high)
				? Math.min(0, Math.floor(high / step))
				: 1;
		// A whole number that is a multiple of a fraction may be some steps away.
		return Array.from({ length: 200 }, (_, n) => tidy((start + n + nth) * step)).concat(
			Array.from({ length: 200 }, (_, n) => tidy((start - n) * step)),
		);
	}
	const base = Number.isFinite(low) ? low : Number.isFinite(high) ? Math.min(1, high) : 1;
	const whole0 = Math.ceil(base);
	const between = Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : base;
	return [
		whole0 + nth,
		whole0 + nth + 1,
		base,
		whole0,
		whole0 + 1,
		Math.floor(base),
		Math.floor(base) - 1,
	].concat(whole ? [] : [between, base - 1, base + 0.5]);
}

/** Without the dust of binary fractions: 3 × 0.1 is 0.3. */
const tidy = (value: number) => Number(value.toPrecision(12));

function numberOr(value: JsonValue | undefined, absent: number): number {
	return typeof value === 'number' ? value : absent;
}
