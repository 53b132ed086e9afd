import { expect, test } from 'vitest';
import { normalBaseUrl } from './base-url';

test.each([
	['https://api.anthropic.com', 'https://api.anthropic.com'],
	[' https://api.anthropic.com/v1/messages/ ', 'https://api.anthropic.com'],
	['https://openrouter.ai/api/v1', 'https://openrouter.ai/api'],
	['https://api.deepseek.com/anthropic/', 'https://api.deepseek.com/anthropic'],
	['http://localhost:11434/v1/', 'http://localhost:11434'],
	['localhost:1234', 'http://localhost:1234'],
	['192.168.1.4:8080/v1', 'http://192.168.1.4:8080'],
	['nas.local:8080', 'http://nas.local:8080'],
	['[::1]:8080', 'http://[::1]:8080'],
	['models.example.com', 'https://models.example.com'],
	['https://example.com/?key=1#x', 'https://example.com'],
])('%s is %s', (written, normal) => {
	expect(normalBaseUrl(written)).toBe(normal);
});
test.each(['', '   ', 'ftp://example.com', 'https://', 'not an address', 'javascript://x'])(
	'%j is no address',
	(written) => {
		expect(() => normalBaseUrl(written)).toThrow(/missing|not the address/);
	},
);
test('a name and a password in an address are refused, and not repeated', () => {
	expect(() => normalBaseUrl('https://me:secret@example.com')).toThrow(/^(?!.*secret).*password/);
});
