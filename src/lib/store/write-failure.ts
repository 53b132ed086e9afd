/** Errors that lie in what was to be written, or in how it was made, by the names that engines and Dexie give them. */
const certain = new Set([
	'DataCloneError',
	'DataError',
	'ConstraintError',
	'RangeError',
	'TypeError',
	'SyntaxError',
	'ReferenceError',
]);

/** Whether a write would fail in the same way however often it is tried: the database is sound, and not full. */
export function failsAgain(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = causeOf(at)) if (certain.has(at.name)) return true;
	return false;
}

/** Dexie hands on what went wrong inside an error of its own; of many writes, each with its own. */
function causeOf(error: Error): unknown {
	const { inner, failures, cause } = error as Error & { inner?: unknown; failures?: unknown[] };
	return (inner === error ? undefined : inner) ?? failures?.[0] ?? cause;
}
