import { describe, expect, it } from 'vitest';
import { linkNote, linkTarget } from './links';

describe('link target', () => {
	it.each(['https://example.com/a', 'http://example.com:8080/', 'mailto:a@b.example'])(
		'%s is one',
		(address) => {
			expect(linkTarget(address)?.href).toBe(address);
		},
	);

	it.each([
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		' javascript:alert(1)',
		'java\tscript:alert(1)',
		'data:text/html,<script>alert(1)</script>',
		'vbscript:x',
		'file:///etc/passwd',
		'blob:https://example.com/1',
		'ftp://example.com/',
		'/settings',
		'../x',
		'#top',
		'//example.com/x',
		'https://user:secret@example.com/',
		'https://example.com@evil.example/',
		'https://',
		'',
	])('%s is text', (address) => {
		expect(linkTarget(address)).toBeNull();
	});

	it('shows a look-alike host for what it is', () => {
		expect(linkTarget('https://аpple.com/')?.host).toBe('xn--pple-43d.com');
	});
});

describe('link note', () => {
	const note = (address: string, text: string) => linkNote(linkTarget(address)!, text);

	it('names the host when the text does not', () => {
		expect(note('https://docs.example.com/a', 'the notes')).toBe('docs.example.com');
		expect(note('mailto:a@b.example', 'write to us')).toBe('a@b.example');
	});

	it('is silent when the text begins with the host', () => {
		expect(note('https://example.com/a?b', 'https://example.com/a?b')).toBeNull();
		expect(note('https://www.example.com/', 'Example.com')).toBeNull();
		expect(note('mailto:a@b.example', 'a@b.example')).toBeNull();
	});

	it('is not taken in by a text that names another host', () => {
		expect(note('https://evil.example/', 'https://example.com')).toBe('evil.example');
		expect(note('https://example.com/', 'example.com.evil.example')).toBe('example.com');
		expect(note('https://evil.example/', 'example.com (evil.example)')).toBe('evil.example');
	});
});
