import { expect, test } from 'vitest';
import { allowedWords } from './allowed-words';

const tools = {
	read_file: 'allow',
	write_file: 'ask',
	edit_file: 'deny',
	ask_user: 'allow',
} as const;

test('an agent’s tools that run without asking are named, as its mode leaves them', () => {
	expect(
		(['ask', 'everything', 'plan'] as const).map((permissionMode) =>
			allowedWords({ permissionMode, tools }),
		),
	).toEqual([
		'Permissions: Ask for all. Without asking: read_file',
		'Permissions: Approve everything. Without asking: read_file, write_file',
		'Permissions: Plan. Without asking: read_file',
	]);
});

test('an agent without tools does nothing unasked', () => {
	expect(allowedWords({ permissionMode: 'ask', tools: {} })).toBe(
		'Permissions: Ask for all. Without asking: nothing',
	);
});
