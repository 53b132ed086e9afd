/** How the log here and the log there stand to each other. */
export type LogOrder =
	/** Theirs is ours and what stands from the place `from` on; pieces that are `gone` there are to go here. */
	| { is: 'longer'; from: number; gone: string[] }
	/** From our event `at` on they have another order. */
	| { is: 'parted'; at: string };

/**
 * Compares a log with the one that all agree on, which has everything of ours but pieces of streaming text that were
 * taken out.
 */
export function orderOf(
	ours: readonly { id: string; isPiece: boolean }[],
	theirs: readonly string[],
): LogOrder {
	const there = new Set(theirs);
	const gone: string[] = [];
	let from = 0;
	for (const { id, isPiece } of ours) {
		if (theirs[from] === id) from++;
		else if (isPiece && !there.has(id)) gone.push(id);
		else return { is: 'parted', at: id };
	}
	return { is: 'longer', from, gone };
}
