/** Why a text cannot stand before the number of a ticket; null: it can. */
export function prefixProblem(prefix: string): string | null {
	return /^[\p{Lu}\p{Lo}][\p{Lu}\p{Lo}\p{N}]{0,7}$/u.test(prefix)
		? null
		: 'A prefix is one to eight letters or digits, and begins with a letter. The old one stays.';
}
