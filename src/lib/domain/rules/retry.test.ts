import { describe, expect, test } from 'vitest';
import {
	adviceAtEnd,
	LONGEST_RETRY_AFTER_MS,
	MAX_TRIES,
	OFFLINE_WAIT_MS,
	retryPlan,
} from './retry';

const overloaded = { failure: { code: 'overloaded', message: '' }, retryable: true };

describe('a failed call is made again', () => {
	test('after 1, 2, 4 … seconds, at most a minute', () => {
		const waits = [1, 2, 3, 7].map((tries) => retryPlan(overloaded, tries, 0, 0)?.retryAt);
		expect(waits).toEqual([1_000, 2_000, 4_000, 60_000]);
	});

	test('later by up to a quarter, so that runs do not come back in one wave', () => {
		expect(retryPlan(overloaded, 1, 0, 0.999)?.retryAt).toBe(1_250);
	});

	test('when the endpoint says so, and not before', () => {
		expect(retryPlan({ ...overloaded, retryAfterMs: 7_000 }, 1, 100, 0)?.retryAt).toBe(7_100);
	});

	test('never, when the endpoint asks for more patience than an hour', () => {
		const retryAfterMs = LONGEST_RETRY_AFTER_MS + 1;
		expect(retryPlan({ ...overloaded, retryAfterMs }, 1, 0, 0)).toBeNull();
	});

	test('never, when it would fail the same way or has failed too often', () => {
		expect(retryPlan({ ...overloaded, retryable: false }, 1, 0, 0)).toBeNull();
		expect(retryPlan(overloaded, MAX_TRIES, 0, 0)).toBeNull();
	});

	test('for as long as the device is offline, without using up tries', () => {
		const offline = { failure: { code: 'offline', message: '' }, retryable: true };
		expect(retryPlan(offline, 99, 0, 0)).toEqual({ retryAt: OFFLINE_WAIT_MS, counts: false });
	});

	test('without using up a try, where it was made early and the network was not back after all', () => {
		const network = { failure: { code: 'network', message: '' }, retryable: true };
		expect(retryPlan({ ...network, early: true }, 3, 0, 0)).toEqual({
			retryAt: 4_000,
			counts: false,
		});
		expect(retryPlan(network, 3, 0, 0)).toMatchObject({ counts: true });
		expect(retryPlan({ ...overloaded, early: true }, 3, 0, 0)).toMatchObject({ counts: true });
	});
});

describe('a failure that is final', () => {
	const again = 'It is tried again after a while.';
	const failed = { failure: { ...overloaded.failure, advice: again }, retryable: true };

	test('promises no other try, and says how many there were', () => {
		expect(adviceAtEnd(failed, MAX_TRIES)).toBe(
			'It was tried 8 times. Retry later, or choose another model.',
		);
	});

	test('says how long the endpoint wants to be left alone', () => {
		expect(adviceAtEnd({ ...failed, retryAfterMs: 7_200_000 }, 1)).toBe(
			'The endpoint asks to wait 2h 00m. Retry after that, or choose another model.',
		);
	});

	test('keeps advice that says what to look at', () => {
		const failure = { code: 'network', message: '', advice: 'Is the server running?' };
		expect(adviceAtEnd({ failure, retryable: true }, 1)).toBe(
			'It was tried once. Is the server running?',
		);
	});
});
