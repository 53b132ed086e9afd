import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrub } from './scrub';

const key = 'sk-ant-api03-Zq7/x+9_abcdefghijklmnop';

test('a key goes, whole, in part, encoded and in any place', () => {
	const encodings = [key, encodeURIComponent(key), btoa(key), key.slice(0, 12), key.slice(-9)];
	for (const form of encodings) {
		const clean = scrub(`Bad key ${form}, sorry.`, [key]);
		expect(clean).not.toContain(form);
		expect(clean).toMatch(/^Bad key .*sorry\.$/);
	}
});
test('a key goes in what a server may have made of it', () => {
	const hex = [...key].map((char) => char.charCodeAt(0).toString(16)).join('');
	const forms = {
		...Object.fromEntries(
			['', 'x', 'xx', 'xxx '].map((before) => [
				`base64 after "${before}"`,
				btoa(`${before}${key}!`),
			]),
		),
		hex,
		'capital hex': hex.toUpperCase(),
		percent: hex.replace(/../g, '%$&'),
		reversed: [...key].reverse().join(''),
		dashed: [...key].join('-'),
		spaced: key.match(/.{1,4}/g)?.join(' ') ?? '',
	};
	for (const [name, form] of Object.entries(forms)) {
		const left = scrub(`Bad key ${form}, sorry.`, [key]).split('[hidden]');
		// At either end some characters may stand for a neighbour as much as for the key.
		expect(
			left.map((text) => text.length).reduce((a, b) => a + b),
			name,
		).toBeLessThan(30);
	}
});
test('no piece of six characters of a key is left, wherever it stood', () => {
	const secret = fc.string({ minLength: 6, maxLength: 60, unit: 'grapheme-ascii' });
	fc.assert(
		fc.property(secret, fc.string(), fc.string(), fc.nat(), (secret, before, after, cut) => {
			const part = secret.slice(cut % (secret.length - 5));
			const clean = scrub(before + part + after, [secret]).replaceAll('[hidden]', '\u0000');
			for (let at = 0; at + 6 <= secret.length; at++)
				expect(clean).not.toContain(secret.slice(at, at + 6));
		}),
	);
});
test('what looks like a key goes although it is another’s', () => {
	for (const text of [
		'Incorrect API key provided: sk-abcd****wxyz.',
		'got Authorization: Bearer abc.def.ghi',
		'header x-api-key: 1234567890',
	])
		expect(scrub(text, [])).toContain('[hidden]');
});
test('ordinary words stay', () => {
	const text = 'The key of sk-learn was not valid; a bearer of news and key-management agree.';
	expect(scrub(text, [null, undefined, ''])).toBe(text);
});
