import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionRows } from '../../../../tests/fixtures/session-rows';
import {
	countKeysOf,
	facet,
	facetKeysOf,
	facetRange,
	INBOX_COUNT,
	inboxRange,
	isInInbox,
} from './facets';
import { compareKeys } from './list';

const now = Date.UTC(2026, 6, 16, 14, 30);
const rows = sessionRows(200, now);

test('a facet’s stretch of the index holds the rows that have it, in the order they started', () => {
	const { from, before } = facetRange('run', facet('status', 'completed'));
	const keys = rows.flatMap((row) => facetKeysOf(row).map((key) => ({ key, row })));
	const found = keys.filter(({ key }) => key >= from && key < before).sort(byKey);
	const wanted = rows
		.filter((row) => row.status === 'completed')
		.sort(compareKeys)
		.reverse();
	expect(found.map(({ row }) => row.id)).toEqual(wanted.map(({ id }) => id));
});

test('a stretch between two moments holds what started from the first on and before the second', () => {
	fc.assert(
		fc.property(fc.nat(200 * 47), fc.nat(200 * 47), (one, other) => {
			const [from, before] = [one, other]
				.sort((a, b) => b - a)
				.map((minutes) => now - minutes * 60_000) as [number, number];
			const range = facetRange('run', 'all', { from, before });
			const found = rows.filter((row) =>
				facetKeysOf(row).some((key) => key >= range.from && key < range.before),
			);
			expect(found).toEqual(
				rows.filter(({ startedAt }) => startedAt >= from && startedAt < before),
			);
		}),
	);
});

test('each key of a row belongs to one kept number', () => {
	for (const row of rows) {
		const keys = facetKeysOf(row);
		const counted = countKeysOf(row);
		expect(new Set(counted).size).toBe(counted.length);
		expect(keys.map((key) => key.slice(0, key.lastIndexOf('\t')))).toEqual(counted);
	}
});

test('the inbox holds what needs a person and was not put away, in the order it came to wait', () => {
	const [row] = rows;
	if (!row) throw new Error('no row');
	const waits = (id: string, updatedAt: number, more: Partial<typeof row> = {}) => ({
		...row,
		id,
		updatedAt,
		needsYou: true,
		...more,
	});
	const all = [
		waits('c', now),
		waits('a', now - 60_000, { place: 'chat', startedAt: now }),
		waits('b', now - 1000, { place: 'branch' }),
		waits('d', now, { place: 'run-archived' }),
		waits('e', now, { needsYou: false }),
	];
	const keys = all
		.flatMap(facetKeysOf)
		.filter((key) => key.startsWith(INBOX_COUNT))
		.sort();
	expect(keys.map((key) => key.at(-1))).toEqual(['a', 'b', 'c']);
	expect(keys.every((key) => key >= inboxRange.from && key < inboxRange.before)).toBe(true);
	expect(all.filter(isInInbox).length).toBe(keys.length);
	expect(all.filter((one) => countKeysOf(one).includes(INBOX_COUNT)).length).toBe(keys.length);
});

test('a value cannot reach into another stretch', () => {
	const [row] = rows;
	if (!row) throw new Error('no row');
	const sly = { ...row, labels: ['x\tall', 'x'] };
	expect(countKeysOf(sly)).toContain('run\tlabel:x all');
});

function byKey(one: { key: string }, other: { key: string }): number {
	return one.key < other.key ? -1 : 1;
}
