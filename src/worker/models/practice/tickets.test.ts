import { expect, test } from 'vitest';
import type { JsonObject } from '$lib/domain/json';
import { readScene } from './scene';
import { replyTo } from './script';

const tools = ['list_tickets', 'get_ticket', 'create_ticket', 'update_ticket', 'write_file'];

/** What is said and called, one reply after the other, each call answered by `done`. */
function played(prompt: string, offered = tools): string[] {
	const messages: JsonObject[] = [{ role: 'user', content: prompt }];
	const used: string[] = [];
	for (let step = 0; step < 10; step++) {
		const body = { model: 'practice', tools: offered.map((name) => ({ name })), messages };
		const { text, uses } = replyTo(readScene(body as unknown as JsonObject));
		if (uses.length === 0) return [...used, text];
		used.push(...uses.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`));
		const ids = uses.map((_, i) => `u${step}.${i}`);
		messages.push({
			role: 'assistant',
			content: uses.map(({ tool, input }, i) => ({
				type: 'tool_use',
				id: ids[i] ?? '',
				name: tool,
				input,
			})),
		});
		messages.push({
			role: 'user',
			content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: 'Done it' })),
		});
	}
	throw new Error('it never ends');
}

test('it looks at the tickets there are before it makes one, and says what came of it', () => {
	expect(played('Create a ticket “Retry uploads”, it is a bug.')).toEqual([
		'list_tickets {}',
		expect.stringMatching(/^create_ticket .*"title":"Retry uploads".*"type":"bug"/),
		expect.stringContaining('- Done it'),
	]);
});

test('it reads the ticket that is named before it moves it', () => {
	expect(played('Move T-012 to in progress, please.').slice(0, 2)).toEqual([
		'get_ticket {"ticket":"T-012"}',
		'update_ticket {"ticket":"T-012","status":"in-progress"}',
	]);
});

test('without tools for tickets, and for a run that only serves one, it works as ever', () => {
	expect(played('Write about the T-012 ticket', ['write_file'])[0]).toMatch(/^write_file/);
	const handed = '<ticket name="T-012">\n\n# T-012 Uploads\n\n</ticket>\n\nWrite the guide';
	expect(played(handed)[0]).toMatch(/^write_file/);
});
