import { describe, expect, it } from 'vitest';
import { CLOSINGS, versionClosing } from '$lib/wire/close-codes';
import { afterClose } from './after-close';

describe('after a socket was closed [7.3]', () => {
	it.each([
		CLOSINGS.protocol,
		CLOSINGS.notAuthorised,
		CLOSINGS.notAdmitted,
		CLOSINGS.frame,
		versionClosing(2, 3),
	])('nothing is tried when that mends nothing: $reason', (closing) => {
		expect(afterClose(closing, 0, 0.5)).toEqual({ then: 'stop' });
	});

	it('it is tried again, ever later, and never all at the same moment', () => {
		const waits = (chance: number) =>
			[0, 1, 5, 50].map((tries) => afterClose(CLOSINGS.going, tries, chance));
		expect(waits(1)).toEqual([200, 400, 6400, 30_000].map((ms) => ({ then: 'again', ms })));
		expect(waits(0)).toEqual([100, 200, 3200, 15_000].map((ms) => ({ then: 'again', ms })));
		expect(afterClose({ code: 1006, reason: '' }, 0, 1)).toEqual({ then: 'again', ms: 200 });
	});

	it('it takes a minute when there was too much', () => {
		expect(afterClose(CLOSINGS.rate, 0, 0)).toEqual({ then: 'again', ms: 60_000 });
	});
});
