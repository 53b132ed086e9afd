/** Bytes → lines, in pieces of any size. */

const LINE_END = 10;

/**
 * Every line with its bytes, its end included; a last line without an end comes as it is. Throws {@link RangeError}
 * once a line has more than `most` bytes.
 */
export async function* linesOf(
	chunks: AsyncIterable<Uint8Array>,
	most: number,
): AsyncIterable<Uint8Array> {
	let begun: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of chunks) {
		let from = 0;
		for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, from)) {
			const rest = chunk.subarray(from, at + 1);
			if (length + rest.length > most) throw tooLong(most);
			yield length === 0 ? rest : joined([...begun, rest], length + rest.length);
			begun = [];
			length = 0;
			from = at + 1;
		}
		if (from === chunk.length) continue;
		begun.push(chunk.subarray(from));
		length += chunk.length - from;
		if (length > most) throw tooLong(most);
	}
	if (length > 0) yield joined(begun, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function tooLong(most: number): RangeError {
	return new RangeError(`A line has more than ${most} bytes`);
}
