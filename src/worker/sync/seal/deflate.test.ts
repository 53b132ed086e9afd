import { describe, expect, it } from 'vitest';
import { deflate, inflate, InflatedTooLongError } from './deflate';

const same = (one: Uint8Array, other: Uint8Array) =>
	one.length === other.length && one.every((byte, i) => byte === other[i]);

describe('inflate', () => {
	it('gives back what was deflated', () => {
		for (const version of [1, 2])
			for (const length of [0, 1, 5000, 300_000]) {
				const bytes = new Uint8Array(length).map((_, i) => i % 251);
				expect(same(inflate(deflate(bytes, version), version), bytes)).toBe(true);
			}
	});

	it('stops at its limit, before all of a bomb is in memory', () => {
		const bomb = deflate(new Uint8Array(50_000_000), 2);
		expect(() => inflate(bomb, 2, 1_000_000)).toThrow(InflatedTooLongError);
	});

	it('refuses what is cut short', () => {
		const bytes = deflate(
			new Uint8Array(5000).map((_, i) => i % 251),
			2,
		);
		expect(() => inflate(bytes.subarray(0, bytes.length - 4), 2)).toThrow();
		expect(() => inflate(new Uint8Array(), 2)).toThrow();
	});
});
