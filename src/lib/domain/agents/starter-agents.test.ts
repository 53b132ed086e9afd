import { describe, expect, it } from 'vitest';
import { formFields } from '../schema/form-fields';
import { exampleOf } from '../schema/example';
import { validate } from '../schema/validate';
import { agentProblems } from './agent-problems';
import { newAgent } from './new-agent';
import { starterAgents } from './starter-agents';

describe('the starter agents', () => {
	const agents = starterAgents(5);

	it('are sound, and begin with the default model', () => {
		expect(agents.map((agent) => agent.name)).toEqual([
			'Research Assistant',
			'Code Reviewer',
			'Release Notes Writer',
			'Bug Triage',
		]);
		for (const agent of agents) {
			expect(agentProblems(agent)).toEqual({});
			expect(agent).toMatchObject({ connectionId: null, model: null, createdAt: 5, updatedAt: 5 });
		}
		expect(new Set(agents.map((agent) => agent.id)).size).toBe(4);
	});

	it('have examples of what goes in and what comes out', () => {
		for (const schema of agents.flatMap((agent) => [agent.inputSchema, agent.outputSchema]))
			if (schema) expect(validate(schema, exampleOf(schema) ?? null)).toEqual([]);
	});

	it('bug triage has a form', () => {
		const schema = agents.at(-1)?.inputSchema ?? {};
		expect(formFields(schema).map(({ label, kind }) => [label, kind])).toEqual([
			['What is wrong', 'text'],
			['What happened', 'long-text'],
			['Where', 'text'],
			['How often', 'choice'],
			['Log or error message', 'long-text'],
		]);
	});

	it('ask before they edit, unless they are there to write', () => {
		for (const agent of agents) expect(agent.tools.edit_file ?? 'ask').toBe('ask');
		expect(agents.map((agent) => agent.permissionMode)).toEqual(['ask', 'ask', 'edits', 'ask']);
	});

	it('belong to the caller: changing one changes no other', () => {
		const [first] = starterAgents(1);
		first?.labels.push('changed');
		expect(starterAgents(1)[0]?.labels).toEqual(['research']);
	});
});

describe('the problems of an agent', () => {
	const agent = { ...newAgent('a', 0), name: 'A' };

	it('a new agent lacks a name only', () => {
		expect(agentProblems(newAgent('a', 0))).toEqual({ name: 'Give the agent a name' });
	});

	it.each([
		['name', { name: 'x'.repeat(81) }, 'Keep it under 80 characters, it has 81'],
		['icon', { icon: '<svg>' }, 'Choose an icon'],
		['tools', { tools: { rm: 'allow' as const } }, 'There is no tool called rm'],
		['maxTurns', { maxTurns: 0 }, 'Must be a whole number from 1 to 500'],
		['maxTurns', { maxTurns: NaN }, 'Must be a whole number from 1 to 500'],
		['budget', { budget: { usd: -1 } }, 'The money budget must be a number above 0'],
		['budget', { budget: {} }, 'The budget sets no limit'],
		['labels', { labels: ['a', 'a'] }, 'A label is there twice'],
		[
			'outputSchema',
			{ outputSchema: { type: 'x' } },
			'"type" must be one of string, number, integer, boolean, object, array, null, or a list of these. (at /type)',
		],
	])('%s: %j', (field, change, problem) => {
		expect(agentProblems({ ...agent, ...change })).toEqual({ [field]: problem });
	});
});
