import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageIds, languageOf } from '$lib/domain/markdown/languages';
import { tokenise } from './tokenise';

async function stretches(code: string, lang: string): Promise<[text: string, name: string][]> {
	const result = await tokenise(code, lang);
	let end = 0;
	return [...(result?.lengths ?? [])].map((length, index) => {
		const text = code.slice(end, (end += length));
		return [text, result?.names[result.classes[index] ?? 0] ?? ''];
	});
}

describe('colours', () => {
	it('set names, words of the language and comments apart', async () => {
		expect(await stretches('const a = f(1); // now\n', 'typescript')).toEqual([
			['const', 't-quiet'],
			[' a = ', ''],
			['f', 't-name'],
			['(1); ', ''],
			['// now', 't-faint'],
			['\n', ''],
		]);
	});

	it('cover the code exactly, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.constantFrom(
						'f(',
						')',
						'"',
						'\n',
						'\r\n',
						'\t',
						'// x',
						'`${',
						'}',
						'😀',
						'\u202e',
						' ',
					),
				),
				fc.constantFrom('typescript', 'python', 'html', 'markdown'),
				async (parts, lang) => {
					const code = parts.join('');
					const result = await stretches(code, lang);
					expect(result.map(([text]) => text).join('')).toBe(code);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('are there for every language that can be named', async () => {
		for (const id of languageIds) expect(await tokenise('a', id), id).not.toBeNull();
	}, 60_000);

	it('are none for another language', async () => {
		expect(await tokenise('a', 'klingon')).toBeNull();
		expect(languageOf('klingon')).toBeNull();
	});
});
