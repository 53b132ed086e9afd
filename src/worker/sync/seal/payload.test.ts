import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPieces, payloadsOf, readPayload, type Piece } from './payload';

const piecesOf = (update: Uint8Array, most: number) =>
	payloadsOf('update', update, most).map((bytes) => readPayload(bytes) as Piece);

describe('a payload', () => {
	it('is one where it fits', () => {
		const [whole, ...others] = payloadsOf('snapshot', new Uint8Array([1, 2, 3]), 100);
		expect(others).toEqual([]);
		expect(whole && readPayload(whole)).toEqual({
			kind: 'snapshot',
			update: new Uint8Array([1, 2, 3]),
		});
	});

	it('is cut into pieces that are short enough, and joined from them in any order [5.5]', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 100, maxLength: 2000 }),
				fc.integer({ min: 40, max: 90 }),
				fc.infiniteStream(fc.nat()),
				(update, most, numbers) => {
					const payloads = payloadsOf('update', update, most);
					expect(payloads.every(({ length }) => length <= most)).toBe(true);
					const pieces = payloads.map((bytes) => readPayload(bytes) as Piece);
					const mixed = pieces
						.map((piece) => ({ piece, n: numbers.next().value ?? 0 }))
						.sort((one, other) => one.n - other.n)
						.map(({ piece }) => piece);
					expect(joinPieces([...mixed, ...mixed.slice(0, 1)])).toEqual({ kind: 'update', update });
					expect(joinPieces(mixed.slice(1))).toBeNull();
				},
			),
		);
	});

	it('of a kind from later on is told apart from a broken one', () => {
		expect(readPayload(new Uint8Array([9, 1, 2]))).toEqual({ kind: 'unknown', number: 9 });
		expect(() => readPayload(new Uint8Array([]))).toThrow();
		expect(() => readPayload(new Uint8Array([3, 1, 2]))).toThrow();
	});

	it('has no piece outside of its whole, nor one that is cut again', () => {
		const [first] = piecesOf(new Uint8Array(100), 60);
		if (!first) throw new Error('There is no piece');
		expect(joinPieces([{ ...first, count: 7 }])).toBeNull();
		const [inner] = payloadsOf('update', new Uint8Array(100), 60);
		expect(() =>
			joinPieces([{ ...first, index: 0, count: 1, part: inner ?? new Uint8Array() }]),
		).toThrow();
	});
});
