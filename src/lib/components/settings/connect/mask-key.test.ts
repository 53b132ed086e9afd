import { expect, test } from 'vitest';
import { keyKind, maskKey } from './mask-key';

test('a key shows its kind and its last four characters, and nothing else', () => {
	const key = 'sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-7Qx9';
	expect(maskKey(key)).toBe(`sk-ant-api03-${'•'.repeat(20)}7Qx9`);
});

test('the secret part is never taken for the kind', () => {
	expect(maskKey('abcdefghijklmnopqrstuvwxyz')).toBe(`${'•'.repeat(20)}wxyz`);
	expect(maskKey('sk-0123456789abcdefghijklmn')).toBe(`sk-${'•'.repeat(20)}klmn`);
	expect(maskKey('sk-or-v1-0123456789abcdef0123456789')).toBe(`sk-or-${'•'.repeat(20)}6789`);
});

test('a text too short for a key shows nothing of itself', () => {
	expect(maskKey('hunter2')).toBe('•••••••');
});

test('kinds are told by how keys begin', () => {
	expect(['sk-ant-x', 'sk-or-v1-x', 'sk-proj-x', 'abc'].map(keyKind)).toEqual([
		'anthropic',
		'openrouter',
		'openai',
		'unknown',
	]);
});
