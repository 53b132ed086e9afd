import { expect, test } from 'vitest';
import { subjectsIn } from './subjects';

test.each([
	['Which battery chemistry suits a garden lamp?', ['battery chemistry', 'garden lamp']],
	['The export loses rows when the table is long', ['export', 'table']],
	['Dragging a card crashes the app', ['card', 'app']],
	['Export loses rows', ['Export']],
	['Write a note about tides', ['tides']],
	['Compare ways to keep notes in sync between a phone and a laptop', ['sync', 'phone', 'laptop']],
	['Compare tus, S3 multipart and plain chunking', ['tus', 'S3 multipart', 'plain chunking']],
	['Our team wants a faster build', ['team', 'faster build']],
	['I opened version 2.4.1 on the phone', ['phone']],
	['How should we store it?', []],
	['Do what you are here for', []],
])('%s: what it is about is nouns, as far as its grammar shows them', (text, subjects) => {
	expect(subjectsIn(text)).toEqual(subjects);
});
