import { expect, test } from 'vitest';
import { newAgent } from '$lib/domain/agents/new-agent';
import type { ImportedAgent } from '$lib/domain/agents/agent-yaml-read';
import type { Agent } from '$lib/domain/agent';
import { importedAgents, planImport } from './import-plan';

const here: Agent = { ...newAgent('a1', 5), name: 'Critic', systemPrompt: 'Be kind.' };

function imported(name: string, systemPrompt: string): ImportedAgent {
	const { v: _v, id: _i, connectionId: _c, createdAt: _n, updatedAt: _u, ...agent } = here;
	return { agent: { ...agent, name, systemPrompt }, connection: null, line: 1 };
}

const plan = (...read: ImportedAgent[]) => planImport(read, [here], []);
const from = { now: 9, connections: [], newId: () => 'new' };

test('a new name is added, a known one replaced, and what is here already is left alone', () => {
	const entries = plan(imported('Writer', 'Write.'), imported('Critic', 'Be strict.'));
	expect(entries.map(({ choice }) => choice)).toEqual(['add', 'replace']);
	expect(plan(imported('Critic', 'Be kind.'))).toMatchObject([{ choice: 'skip', unchanged: true }]);
});

test('one agent is replaced once, however often its name is in the file', () => {
	const entries = plan(imported('Critic', 'One.'), imported('Critic', 'Two.'));
	expect(entries.map(({ choice }) => choice)).toEqual(['replace', 'add']);
});

test('a copy that changes nothing does not keep a later one from replacing', () => {
	const entries = plan(imported('Critic', 'Be kind.'), imported('Critic', 'Be strict.'));
	expect(entries.map(({ choice }) => choice)).toEqual(['skip', 'replace']);
});

test('a replaced agent keeps its id and its first day, and is handed back as it was', () => {
	const result = importedAgents(plan(imported('Critic', 'Be strict.')), from);
	expect(result.agents).toEqual([{ ...here, systemPrompt: 'Be strict.', updatedAt: 9 }]);
	expect(result.replaced).toEqual([here]);
});

test('an added one gets an id of its own, a skipped one is not there', () => {
	const [entry] = plan(imported('Critic', 'Be strict.'));
	if (!entry) throw new Error('one entry');
	expect(importedAgents([{ ...entry, choice: 'add' }], from).agents).toMatchObject([{ id: 'new' }]);
	expect(importedAgents([{ ...entry, choice: 'skip' }], from).agents).toEqual([]);
});

test('a model that no connection here has is told', () => {
	const model = imported('Writer', 'Write.');
	model.agent.model = 'far-away-1';
	expect(importedAgents(plan(model), from).notes).toHaveLength(1);
});
