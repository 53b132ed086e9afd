/** The beginnings of sessions, for tests of what comes after. */
import type { AgentSnapshot } from '../../src/lib/domain/agent';
import { BY_ENGINE } from '../../src/lib/domain/deciders/step';
import { MAIN, type EventDraft } from '../../src/lib/domain/log/event';
import type { ToolPolicy } from '../../src/lib/domain/rules/permission';
import type { SessionSettings } from '../../src/lib/domain/settings';
import { toolCatalogue } from '../../src/lib/domain/tools/catalogue';
import { person } from './simulation';

export const settings: SessionSettings = {
	connectionId: 'c1',
	model: 'practice-1',
	effort: null,
	thinking: true,
	permissionMode: 'ask',
	maxTurns: 20,
	budget: null,
};

export function agentWith(policy: ToolPolicy, more: Partial<AgentSnapshot> = {}): AgentSnapshot {
	return {
		id: 'a1',
		name: 'Code Reviewer',
		icon: 'code',
		description: '',
		systemPrompt: 'Review.',
		tools: Object.fromEntries(toolCatalogue.map(({ name }) => [name, policy])),
		inputSchema: null,
		outputSchema: null,
		labels: [],
		...more,
	};
}

export function start(
	agent: AgentSnapshot | null,
	changes: Partial<SessionSettings> = {},
): EventDraft[] {
	return [
		{
			kind: 'created',
			by: person,
			mode: 'standard',
			agent,
			settings: { ...settings, ...changes },
			title: 'Review the upload branch',
		},
		{ kind: 'prompt', by: person, actor: MAIN, text: 'Review the upload branch' },
		{ kind: 'lease-taken', by: BY_ENGINE, device: 'd1', deviceName: 'Laptop', epoch: 1 },
	];
}
