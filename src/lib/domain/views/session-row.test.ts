import { describe, expect, it } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { foldSession } from '../log/session-state';
import { sessionRowOf } from './session-row';

const rowWith = (title: string) =>
	sessionRowOf(foldSession('s1', new LogBuilder('s1').created({}, undefined, title).events), 0);

describe('the row of a session', () => {
	it('has a title as it is, and the beginning of one that is a book', () => {
		expect(rowWith('Review the branch').title).toBe('Review the branch');
		expect(rowWith('a'.repeat(1_000_000)).title).toBe(`${'a'.repeat(500)}…`);
	});

	it('cuts no character in two', () => {
		const { title } = rowWith(`a${'😀'.repeat(600)}`);
		expect(title.isWellFormed()).toBe(true);
		expect(title).not.toContain('\ufffd');
	});
});
