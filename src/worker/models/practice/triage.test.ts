import { expect, test } from 'vitest';
import { readReport } from './triage';

test('a version number does not end a sentence', () => {
	const { steps } = readReport('I opened a board in 2.4.1 on the phone. It broke.', [], []);
	expect(steps).toEqual(['Opened a board in 2.4.1 on the phone']);
});
