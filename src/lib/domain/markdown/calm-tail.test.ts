import { describe, expect, it } from 'vitest';
import { calmTail } from './calm-tail';

const calm = (text: string) => calmTail(text, null);

describe('the end of a text that still grows', () => {
	it.each([
		['so **bo', 'so **bo**'],
		['so **bold', 'so **bold**'],
		['so **bold ', 'so **bold** '],
		['so **bold*', 'so **bold**'],
		['so *it', 'so *it*'],
		['so ***both', 'so ***both***'],
		['so `co', 'so `co`'],
		['so ~~go', 'so ~~go~~'],
		['**bold and `co', '**bold and `co`**'],
		['- item **bo', '- item **bo**'],
		['done **bold** then', 'done **bold** then'],
	])('%j is completed', (text, shown) => {
		expect(calm(text)).toBe(shown);
	});

	it.each([
		['so **', 'so '],
		['so *', 'so '],
		['so `', 'so '],
		['text\n-', 'text\n'],
		['text\n==', 'text\n'],
		['text\n\n#', 'text\n\n'],
		['text\n\n1', 'text\n\n'],
		['text\n\n- ', 'text\n\n'],
		['text\n\n- [', 'text\n\n'],
		['text\n\n``', 'text\n\n'],
		['text\n\n```ty', 'text\n\n'],
		['see ![alt](https://', 'see '],
	])('what %j may become is waited for', (text, shown) => {
		expect(calm(text)).toBe(shown);
	});

	it.each([
		['see [the no', 'see the no'],
		['see [the notes](https://exam', 'see the notes'],
		['see [the **no', 'see the **no**'],
	])('%j shows its text before it is a link', (text, shown) => {
		expect(calm(text)).toBe(shown);
	});

	it('shows a table once its second line is complete', () => {
		expect(calm('text\n\n| a | b')).toBe('text\n\n');
		expect(calm('text\n\n| a | b |\n|--')).toBe('text\n\n');
		expect(calm('text\n\n| a | b |\n|--|--|\n')).toBe('text\n\n| a | b |\n|--|--|\n');
		expect(calmTail('| last |\n| ne', 'table')).toBe('| last |\n| ne');
	});

	it.each([
		'a * b',
		'2*3 = 6',
		'snake_case_name',
		'~5 of them',
		'cost: 5 < 6',
		'a \\* b',
		'[x] done',
		'done [link](https://example.com) then',
	])('%j is left as it is', (text) => {
		expect(calm(text)).toBe(text);
	});

	it('leaves code as it is, but for what may become its closing fence', () => {
		expect(calmTail('const a = `x', 'code')).toBe('const a = `x');
		expect(calmTail('done();\n``', 'code')).toBe('done();\n');
		expect(calm('1. Run:\n   ```sh\n   ls **')).toBe('1. Run:\n   ```sh\n   ls **');
	});
});
