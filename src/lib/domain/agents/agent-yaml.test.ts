import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Agent } from '../agent';
import type { JsonSchema } from '../json';
import { defaultPolicies } from '../tools/catalogue';
import { agentsFromYaml, agentsToYaml } from './agent-yaml';
import { plainTitle } from '../views/title';
import { newAgent } from './new-agent';
import { starterAgents } from './starter-agents';

vi.setConfig({ testTimeout: 60_000 });

/** What of an agent stands in a file. */
function told({ v: _v, id: _i, connectionId: _c, createdAt: _n, updatedAt: _u, ...rest }: Agent) {
	return rest;
}

const minimal = 'muster: agent/1\nname: A\n';

describe('agents as YAML', () => {
	it('the starter agents come back as they were, prompts readable', () => {
		const agents = starterAgents(0);
		const text = agentsToYaml(agents);
		expect(text).toContain('systemPrompt: |');
		expect(text).toMatch(/^muster: agent\/1\nname: Research Assistant\n/);
		const read = agentsFromYaml(text);
		expect(read.problems).toEqual([]);
		expect(read.ignored).toEqual([]);
		expect(read.agents.map(({ agent }) => agent)).toEqual(agents.map(told));
	});

	it('any agent comes back as it was', () => {
		const words = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 30 }),
			fc.string({
				unit: fc.constantFrom(
					'a',
					' ',
					'\n',
					'\r',
					'\t',
					':',
					'#',
					'-',
					'|',
					'\u2028',
					'\u0085',
					"'",
					'"',
					'%',
					'\0',
				),
			}),
			fc.constantFrom(
				'yes',
				'null',
				'~',
				'1e3',
				'0x1F',
				'---',
				'...',
				'- a',
				'? x',
				'*a',
				'&a',
				'!!str',
				'2026-01-01',
				'<<',
				' x ',
				'\n\n',
				'a\n',
				'\ta',
				'%YAML',
			),
		);
		const schema = fc
			.dictionary(words, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
			.map((extra) => ({
				type: 'object',
				title: 'T',
				default: JSON.parse(JSON.stringify(extra)),
			})) as fc.Arbitrary<JsonSchema>;
		const agent: fc.Arbitrary<Agent> = fc
			.record({
				name: words.map(plainTitle).filter((name) => name.trim() !== '' && name.length <= 80),
				icon: fc.constantFrom('book', 'code'),
				description: words,
				systemPrompt: words,
				model: fc.option(words.filter((model) => model !== '')),
				effort: fc.option(fc.constantFrom('low', 'max')),
				thinking: fc.boolean(),
				tools: fc.dictionary(
					fc.constantFrom(...Object.keys(defaultPolicies)),
					fc.constantFrom('allow', 'ask', 'deny'),
				),
				permissionMode: fc.constantFrom('ask', 'edits', 'everything', 'plan'),
				inputSchema: fc.option(schema),
				outputSchema: fc.option(schema),
				maxTurns: fc.integer({ min: 1, max: 500 }),
				budget: fc.option(
					fc.record(
						{ tokens: fc.integer({ min: 1 }), usd: fc.integer({ min: 1 }) },
						{ requiredKeys: ['usd'] },
					),
				),
				labels: fc.uniqueArray(
					words.filter((label) => label.trim() !== '' && label.length <= 40),
					{ maxLength: 3 },
				),
			})
			.map((fields) => ({ ...newAgent('x', 0), ...fields }) as Agent);
		fc.assert(
			fc.property(fc.array(agent, { minLength: 1, maxLength: 3 }), (agents) => {
				const read = agentsFromYaml(agentsToYaml(agents));
				expect(read.problems).toEqual([]);
				expect(read.agents.map((found) => found.agent)).toEqual(agents.map(told));
			}),
			{ numRuns: 60 },
		);
	});

	it('a connection is named, and nothing else of it is told', () => {
		const agent = { ...newAgent('x', 0), name: 'A', connectionId: 'c1', model: 'm' };
		const text = agentsToYaml([agent], (id) => (id === 'c1' ? 'Work' : null));
		expect(text).toContain('connection: Work\nmodel: m\n');
		expect(text).not.toContain('c1');
		expect(agentsFromYaml(text).agents).toMatchObject([
			{ connection: 'Work', agent: { model: 'm' } },
		]);
	});

	it('what is left out is as in a new agent', () => {
		const [read] = agentsFromYaml(minimal).agents;
		expect(read).toEqual({
			agent: told({ ...newAgent('', 0), name: 'A' }),
			connection: null,
			line: 1,
		});
	});

	it('a file may hold several agents; a broken one does not keep the others out', () => {
		const read = agentsFromYaml(`${minimal}---\nmuster: agent/1\nmaxTurns: 3\n---\n${minimal}`);
		expect(read.agents.map(({ line }) => line)).toEqual([1, 7]);
		expect(read.problems).toEqual([{ message: 'name: Give the agent a name.', line: 4 }]);
	});
});

describe('what is wrong with a file', () => {
	it.each([
		['', 'The file is empty.', 1],
		['# only a comment', 'The file holds no agent.', 1],
		['just text', 'An agent is written as fields', 1],
		['name: A', 'the line "muster: agent/1" is missing', 1],
		['name: A\nmuster: agent/2', 'newer version (agent/2)', 2],
		['muster: team/1\nname: A', 'must be agent/1', 1],
		[`${minimal}icon: [a]`, '"icon" must be text', 3],
		[`${minimal}thinking: maybe`, '"thinking" must be true or false', 3],
		[`${minimal}tools:\n  read_file: sometimes`, 'read_file must be set to allow, ask or deny', 3],
		[`${minimal}permissionMode: all`, 'one of ask, edits, everything, plan', 3],
		[`${minimal}maxTurns: .inf`, 'values that are not JSON', 1],
		[`${minimal}maxTurns: 0`, 'maxTurns: Must be a whole number', 3],
		[`${minimal}labels: a`, 'a list of texts', 3],
		[`${minimal}outputSchema:\n  type: strng`, 'outputSchema: "type" must be one of', 3],
		[`${minimal}name: B`, 'not valid YAML: Map keys must be unique', 3],
		[`${minimal}icon: "x`, 'not valid YAML', 3],
		[`${minimal}a: &a [x]\nb: *c`, 'aliases', 1],
	])('%j: %s', (text, message, line) => {
		const read = agentsFromYaml(text);
		expect(read.agents).toEqual([]);
		expect(read.problems).toHaveLength(1);
		expect(read.problems[0]?.message).toContain(message);
		expect(read.problems[0]?.line).toBe(line);
	});

	it('what is not known is told, not lost silently', () => {
		const read = agentsFromYaml(
			`${minimal}colour: red\ntools:\n  rm: allow\n  read_file: allow\nbudget:\n  usd: 1\n  eur: 2\n`,
		);
		expect(read.ignored).toEqual([
			{ message: '"colour" is not a field of an agent. It was left out.', line: 3 },
			{ message: 'There is no tool called "rm". It was left out.', line: 4 },
			{ message: 'A budget has no "eur". It was left out.', line: 7 },
		]);
		expect(read.agents[0]?.agent).toMatchObject({
			tools: { read_file: 'allow' },
			budget: { usd: 1 },
		});
	});
});

describe('hostile files', () => {
	const refused = (text: string) => {
		const read = agentsFromYaml(text);
		expect(read.agents).toEqual([]);
		expect(read.problems.length).toBeGreaterThan(0);
	};

	it('aliases that multiply are refused', () => {
		const levels = Array.from(
			{ length: 12 },
			(_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
		);
		refused(`muster: agent/1\nname: A\nl0: &l0 [x]\n${levels.join('\n')}\n`);
	});

	it('nesting without measure is refused', () => {
		refused(`${minimal}inputSchema: ${'['.repeat(100_000)}`);
		refused(`${minimal}inputSchema:\n  ${'- '.repeat(5_000)}x`);
		refused(`${minimal}inputSchema: ${'{a: '.repeat(400)}1${'}'.repeat(400)}`);
		refused(Array.from({ length: 1_000 }, (_, n) => `${' '.repeat(n)}a:\n`).join(''));
	});

	it('an alias of itself is refused', () => {
		refused(`${minimal}inputSchema: &a\n  type: object\n  properties: *a\n`);
	});

	it('a huge file is refused', () => {
		refused('a'.repeat(2_000_001));
	});

	it('no text makes it throw', () => {
		const piece = fc.constantFrom(
			'muster: agent/1\n',
			'name: A\n',
			'- ',
			'  ',
			'---\n',
			'*a',
			'&a ',
			'{',
			'}',
			'[',
			': ',
			'!!binary x\n',
			'\t',
			'"',
			'|\n',
			'%TAG\n',
			'? ',
			'<<: *a\n',
			'!!set {a}\n',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 15 }), (pieces) => {
				expect(agentsFromYaml(pieces.join(''))).toHaveProperty('problems');
			}),
			{ numRuns: 500 },
		);
	});
});

it('a name is read in one line, without characters that hide or turn it', () => {
	const { agents } = agentsFromYaml('muster: agent/1\nname: "Ev\\u202eil  one"\n');
	expect(agents[0]?.agent.name).toBe('Ev il one');
});
