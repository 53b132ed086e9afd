/** What a value from outside has to look like before the rest of the code takes it for what it claims to be. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const flag: Shape = (value) => typeof value === 'boolean';
/** Anything that JSON can say, but not nothing. */
export const anything: Shape = (value) => value !== undefined;

export const oneOf =
	(...values: readonly unknown[]): Shape =>
	(value) =>
		values.includes(value);
export const maybe =
	(shape: Shape): Shape =>
	(value) =>
		value === undefined || shape(value);
export const orNull =
	(shape: Shape): Shape =>
	(value) =>
		value === null || shape(value);
export const listOf =
	(shape: Shape): Shape =>
	(value) =>
		Array.isArray(value) && value.every(shape);
export const mapOf =
	(shape: Shape): Shape =>
	(value) =>
		isRecord(value) && Object.values(value).every(shape);
/** Has these fields; others are its own matter. */
export const record =
	(fields: Readonly<Record<string, Shape>>): Shape =>
	(value) =>
		isRecord(value) && misfit(value, fields) === null;

/** The name of the first field that is not as it should be; null: all are. */
export function misfit(
	value: Readonly<Record<string, unknown>>,
	fields: Readonly<Record<string, Shape>>,
): string | null {
	for (const name in fields) if (!fields[name]?.(value[name])) return name;
	return null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
