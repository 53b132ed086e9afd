import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentsFromYaml, agentsToYaml } from './agent-yaml';
import { agentProblems } from './agent-problems';
import { adoptAgent } from './adopt-agent';
import { approvedTools, withApprovals } from './sciorex-notes';

const planner = `id: planner-1
name: Harbour Planner
description: Plans work at the harbour.
icon: 📋
labels:
  - planning
systemPrompt: |
  You plan.
  Ask first.
adapter: claude-code
model: claude-sonnet-4-5
temperature: 0.3
maxTokens: 8192
thinkingLevel: think-hard
effortLevel: high
inputSchema:
  type: object
  properties:
    ticket: { type: string }
allowedTools:
  - tool: Read
    allowed: true
  - tool: Write
    allowed: true
  - tool: Edit
    allowed: false
  - tool: Bash
    allowed: true
    constraints:
      allowedCommands: [git]
mcpServers:
  - sciorex-tickets
  - arxiv-mcp
autoApprove: true
requiresHumanApproval:
  - sciorex_create_ticket
version: "1.0.0"
`;

function one(text: string) {
	const { agents, problems } = agentsFromYaml(text);
	expect(problems).toEqual([]);
	const [read] = agents;
	if (!read?.sciorex) throw new Error('an agent of Sciorex');
	return { agent: read.agent, notes: read.sciorex };
}

describe('an agent of Sciorex', () => {
	it('is taken over as far as it means the same here', () => {
		expect(one(planner).agent).toMatchObject({
			name: 'Harbour Planner',
			icon: 'doc',
			description: 'Plans work at the harbour.',
			systemPrompt: 'You plan.\nAsk first.\n',
			model: 'claude-sonnet-4-5',
			effort: 'high',
			thinking: true,
			permissionMode: 'ask',
			labels: ['planning'],
			inputSchema: { type: 'object', properties: { ticket: { type: 'string' } } },
			tools: {
				read_file: 'allow',
				write_file: 'ask',
				edit_file: 'deny',
				list_tickets: 'allow',
				get_ticket: 'allow',
				create_ticket: 'ask',
				update_ticket: 'ask',
				comment_ticket: 'ask',
			},
		});
	});

	it('says what is otherwise here, and what has no counterpart', () => {
		const { taken, changed, left } = one(planner).notes;
		expect(taken).toEqual(expect.arrayContaining(['name', 'systemPrompt', 'model', 'effortLevel']));
		expect(changed).toEqual([
			'Thinking is on: the level “think-hard” is the model’s to choose.',
			'What Bash was limited to has no counterpart.',
			'Not here, and left out: arxiv-mcp, Bash.',
		]);
		expect(left).toEqual(['id', 'adapter', 'temperature', 'maxTokens', 'version']);
	});

	it('keeps the text it was made from, here and in our own YAML', () => {
		const { agent } = one(planner);
		expect(agent.imported).toEqual({ from: 'sciorex', text: planner.trim() });
		const adopted = adoptAgent(
			{ agent, connection: null },
			{ id: 'a', now: 1, connections: [] },
		).agent;
		expect(agentsFromYaml(agentsToYaml([adopted])).agents[0]?.agent.imported).toEqual(
			agent.imported,
		);
	});

	it('asks here, whatever it did there, until a person lets it', () => {
		const { agent, notes } = one(planner);
		expect(notes.approvals).toEqual({ all: true, tools: [], asks: ['create_ticket'] });
		if (!notes.approvals) return;
		expect(approvedTools(agent, notes.approvals)).toEqual([
			'update_ticket',
			'comment_ticket',
			'write_file',
		]);
		const free = withApprovals(agent, notes.approvals);
		expect(free.permissionMode).toBe('ask');
		expect(free.tools).toMatchObject({
			write_file: 'allow',
			edit_file: 'deny',
			create_ticket: 'ask',
		});
	});

	it('that named its free tools asks about these too', () => {
		const { agent, notes } = one(
			'id: a\nname: A\nallowedTools: [Read, Write, Edit]\nautoApproveTools: [Write]\n',
		);
		expect(agent.tools).toEqual({ read_file: 'allow', write_file: 'ask', edit_file: 'ask' });
		expect(notes.approvals).toEqual({ all: false, tools: ['write_file'], asks: [] });
	});

	it('that asked before it read, asks here too', () => {
		const { agent } = one('id: a\nname: A\nallowedTools: [Read]\nrequiresHumanApproval: [Read]\n');
		expect(agent.tools).toEqual({ read_file: 'ask' });
	});

	it('with a schema that cannot be used goes without it, and says why', () => {
		const { agent, notes } = one('id: a\nname: A\noutputSchema:\n  type: nonsense\n');
		expect(agent.outputSchema).toBeNull();
		expect(notes.changed[0]).toMatch(/^The outputSchema cannot be used here, and is left out: /);
	});

	it('of a persona has the tools of a new agent, asking', () => {
		const { agent } = one('id: critic\nname: Critic\niconId: ⚖️\nsystemPrompt: Be strict.\n');
		expect(agent).toMatchObject({
			icon: 'scales',
			tools: { write_file: 'ask', read_file: 'allow' },
		});
	});

	it('without a name is refused, and a file of something else is none', () => {
		expect(agentsFromYaml('id: a\nname: ""\n').problems).toMatchObject([{ message: /./ }]);
		expect(agentsFromYaml('name: A\nsystemPrompt: B\n').problems[0]?.message).toMatch(
			/no agent of Muster/,
		);
	});

	it('several in one file each keep their own text', () => {
		const { agents } = agentsFromYaml('id: a\nname: A\n---\nid: b\nname: B\n');
		expect(agents.map(({ agent }) => agent.imported?.text)).toEqual([
			'id: a\nname: A',
			'id: b\nname: B',
		]);
	});

	it('a bomb of aliases is refused, and the rest goes in', () => {
		const levels = [1, 2, 3, 4, 5, 6, 7, 8].map(
			(n) =>
				`l${n}: &l${n} [${Array(9)
					.fill(`*l${n - 1}`)
					.join(',')}]`,
		);
		const bomb = `id: x\nname: Bomb\nl0: &l0 [x]\n${levels.join('\n')}\n`;
		const { agents, problems } = agentsFromYaml(`${bomb}---\nid: b\nname: B\n`);
		expect(agents.map(({ agent }) => agent.name)).toEqual(['B']);
		expect(problems).toHaveLength(1);
	});

	it('of any shape is a sound agent or a problem', () => {
		const value = fc.jsonValue({ maxDepth: 2 });
		const fields = fc.record(
			{
				name: fc.oneof(fc.string({ maxLength: 200 }), value),
				description: fc.oneof(fc.string({ maxLength: 900 }), value),
				icon: value,
				iconId: value,
				systemPrompt: value,
				model: value,
				inputSchema: value,
				allowedTools: fc.oneof(
					value,
					fc.array(
						fc.oneof(
							fc.constantFrom('Read', 'Bash:*', 'mcp__x__Write'),
							fc.record({
								tool: fc.constantFrom('Read', 'Write', '__proto__'),
								allowed: value,
								constraints: value,
							}),
						),
					),
				),
				mcpServers: fc.oneof(
					value,
					fc.constantFrom(['sciorex-tickets'], ['constructor', '__proto__']),
				),
				thinkingLevel: value,
				effortLevel: value,
				autoApprove: value,
				autoApproveTools: value,
				requiresHumanApproval: value,
				labels: fc.oneof(value, fc.array(fc.string({ maxLength: 60 }), { maxLength: 30 })),
				labelIds: value,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fields, (fields) => {
				const { agents } = agentsFromYaml(JSON.stringify({ id: 'a', ...fields }));
				for (const { agent, sciorex } of agents) {
					expect(agentProblems({ ...agent, connectionId: null })).toEqual({});
					expect(agent.permissionMode).toBe('ask');
					expect(Object.entries(agent.tools)).not.toContainEqual(['write_file', 'allow']);
					expect(sciorex).toBeDefined();
				}
			}),
		);
	});
});
