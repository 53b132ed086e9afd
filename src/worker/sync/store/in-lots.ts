/**
 * Does together what was asked for while the lot before was under way, so that many small things cost few transactions.
 * A lot that fails fails for all who asked.
 */
export function inLots<T, R>(
	work: (lot: readonly T[]) => Promise<readonly R[]>,
): (one: T) => Promise<R> {
	type Asked = { one: T; done: (result: R) => void; failed: (error: unknown) => void };
	let waiting: Asked[] = [];
	let isBusy = false;
	const go = async (): Promise<void> => {
		isBusy = true;
		while (waiting.length > 0) {
			const lot = waiting;
			waiting = [];
			try {
				const results = await work(lot.map(({ one }) => one));
				for (const [i, { done }] of lot.entries()) done(results[i] as R);
			} catch (error) {
				for (const { failed } of lot) failed(error);
			}
		}
		isBusy = false;
	};
	return (one) =>
		new Promise((done, failed) => {
			waiting.push({ one, done, failed });
			if (!isBusy) void go();
		});
}
