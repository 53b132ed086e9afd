import { expect, test } from 'vitest';
import { withForm, withoutForm } from './prompt-form';

const input = { title: 'Export loses rows', steps: ['Open', 'Export'] };

test('the words of a person are what is left without the form', () => {
	expect(withoutForm(withForm('Be quick.', input), input)).toBe('Be quick.');
	expect(withoutForm(withForm('', input), input)).toBe('');
	expect(withForm('Be quick.', undefined)).toBe('Be quick.');
});

test('a text that does not end with its form is left as it is', () => {
	expect(withoutForm('Input: none', input)).toBe('Input: none');
});
