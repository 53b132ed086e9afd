import { beforeEach, expect, test } from 'vitest';
import type { Agent } from '../domain/agent';
import { newAgent } from '../domain/agents/new-agent';
import { AgentDraft, hasDraft, NEW_AGENT, type DraftShelf } from './agent-draft.svelte';
import { agentOf, fieldsOf } from './agent-draft-fields';

let shelf: DraftShelf;
beforeEach(() => {
	const held = new Map<string, string>();
	shelf = {
		read: (key) => held.get(key) ?? null,
		write: (key, text) => void (text === null ? held.delete(key) : held.set(key, text)),
	};
});

const agent: Agent = {
	...newAgent('a1', 0),
	name: 'Reviewer',
	outputSchema: { type: 'object' },
	budget: { usd: 2 },
	updatedAt: 5,
};

function edited(name: string): AgentDraft {
	const draft = new AgentDraft(agent, 'a1', shelf);
	draft.fields.name = name;
	draft.keep();
	return draft;
}

test('an agent goes through the form unchanged', () => {
	const { inputSchema, outputSchema } = agent;
	const read = { ok: true, inputSchema, outputSchema };
	expect(agentOf(fieldsOf(agent), read, 1)).toEqual(agent);
});

test('an empty cap is no cap, and an empty turn limit falls back', () => {
	const fields = { ...fieldsOf(agent), budgetUsd: null, maxTurns: null };
	const read = agentOf(fields, { inputSchema: null, outputSchema: null }, 7);
	expect([read.budget, read.maxTurns]).toEqual([null, 7]);
});

test('unsaved changes come back after a reload', () => {
	edited('Critic');
	const draft = new AgentDraft(agent, 'a1', shelf);
	expect([draft.fields.name, draft.dirty, draft.restored]).toEqual(['Critic', true, true]);
});

test('changes taken back by hand leave no draft', () => {
	const draft = edited('Critic');
	draft.fields.name = 'Reviewer';
	draft.keep();
	expect([draft.dirty, hasDraft('a1', shelf)]).toEqual([false, false]);
});

test('the order of tools is no change', () => {
	const draft = new AgentDraft(agent, 'a1', shelf);
	draft.fields.tools = Object.fromEntries(Object.entries(agent.tools).reverse());
	expect(draft.dirty).toBe(false);
});

test('what was saved elsewhere shows at once in a form without changes', () => {
	const draft = new AgentDraft(agent, 'a1', shelf);
	draft.follow({ ...agent, name: 'Other', updatedAt: 9 });
	expect([draft.fields.name, draft.dirty, draft.overtaken]).toEqual(['Other', false, null]);
});

test('what was saved elsewhere never takes unsaved changes away', () => {
	const draft = edited('Mine');
	draft.follow({ ...agent, name: 'Theirs', updatedAt: 9 });
	expect([draft.fields.name, draft.overtaken?.name]).toEqual(['Mine', 'Theirs']);
	draft.keepMine();
	expect([draft.fields.name, draft.dirty, draft.overtaken]).toEqual(['Mine', true, null]);
});

test('what is typed while a save is under way stays, unsaved', () => {
	const draft = edited('Mine');
	const sent = draft.snapshot();
	draft.fields.name = 'Mine, better';
	draft.settle({ ...agent, name: 'Mine', updatedAt: 9 }, sent);
	expect([draft.fields.name, draft.dirty, hasDraft('a1', shelf)]).toEqual([
		'Mine, better',
		true,
		true,
	]);
});

test('seeing the own save arrive from the store is no change by someone else', () => {
	const draft = edited('Mine');
	draft.follow({ ...agent, name: 'Mine', updatedAt: 9 });
	expect([draft.dirty, draft.overtaken]).toEqual([false, null]);
});

test('discarding goes back to what was saved last, whoever saved it', () => {
	const draft = edited('Mine');
	draft.follow({ ...agent, name: 'Theirs', updatedAt: 9 });
	draft.discard();
	expect([draft.fields.name, draft.dirty, hasDraft('a1', shelf)]).toEqual(['Theirs', false, false]);
});

test('a draft made before a newer save says so when it is opened again', () => {
	edited('Mine');
	const draft = new AgentDraft({ ...agent, name: 'Theirs', updatedAt: 9 }, 'a1', shelf);
	expect([draft.fields.name, draft.overtaken?.name]).toEqual(['Mine', 'Theirs']);
});

test('a new agent keeps its draft, with its id, until it is saved', () => {
	const draft = new AgentDraft(newAgent('n1', 0), NEW_AGENT, shelf);
	draft.fields.name = 'Fresh';
	draft.keep();
	const again = new AgentDraft(newAgent('n2', 0), NEW_AGENT, shelf);
	expect([again.fields.id, again.fields.name, again.isNew]).toEqual(['n1', 'Fresh', true]);
	again.settle({ ...newAgent('n1', 0), name: 'Fresh', updatedAt: 3 });
	expect([again.dirty, hasDraft(NEW_AGENT, shelf)]).toEqual([false, false]);
});

test('a draft of another version, or a broken one, is left alone', () => {
	shelf.write('muster.agent-draft.a1', '{"v":1,"fields"');
	expect(new AgentDraft(agent, 'a1', shelf).dirty).toBe(false);
});
