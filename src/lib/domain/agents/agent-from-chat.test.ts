import { expect, test } from 'vitest';
import { someSettings } from '../../../../tests/fixtures/log-builder';
import { agentProblems } from './agent-problems';
import { agentOfChat } from './agent-from-chat';

const chat = {
	title: 'Harbour walls',
	firstPrompt: 'Compare harbour walls.\n',
	settings: someSettings,
};

test('an agent made of a chat has its settings, its tools and its task, and can be saved', () => {
	const agent = agentOfChat(chat, 'a1', 5);
	expect(agent).toMatchObject({
		...someSettings,
		id: 'a1',
		name: 'Harbour walls',
		systemPrompt: 'You help with tasks like this one:\n\nCompare harbour walls.',
		tools: { write_file: 'ask', read_file: 'allow' },
		inputSchema: null,
	});
	expect(agentProblems(agent)).toEqual({});
	const long = { ...chat, title: 'x'.repeat(500), firstPrompt: 'y'.repeat(500_000) };
	expect(agentProblems(agentOfChat(long, 'a1', 5))).toEqual({});
});
