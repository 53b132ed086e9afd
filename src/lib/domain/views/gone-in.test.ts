import { expect, test } from 'vitest';
import { DELETED_KEPT_MS, goneIn } from './gone-in';

const hour = 3_600_000;

test('says how many days are left, a begun one as a whole', () => {
	expect(goneIn(0, 0)).toBe('Gone for good in 30 days');
	expect(goneIn(0, hour)).toBe('Gone for good in 30 days');
	expect(goneIn(0, DELETED_KEPT_MS - hour)).toBe('Gone for good in a day');
	expect(goneIn(0, DELETED_KEPT_MS)).toBe('Gone for good today');
});
