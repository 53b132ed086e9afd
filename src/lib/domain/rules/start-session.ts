import { snapshotOf, type Agent } from '../agent';
import { attachmentsProblem, type Attachment, type ContextPiece } from '../attachment';
import type { SessionCommand } from '../command';
import type { Connection } from '../connection';
import { connectionFor } from '../connection-choice';
import { MAIN, type EventDraft, type EventKinds, type Person } from '../log/event';
import { withForm } from '../prompt-form';
import { validate } from '../schema/validate';
import type { SessionSettings } from '../settings';
import { titleFrom } from '../views/title';
import type { Ruling } from './ruling';

/** The first events of a run, or why it cannot begin. `connections`: all of this device; the default one first. */
export function startSession(
	command: Extract<SessionCommand, { kind: 'start' }>,
	agent: Agent | undefined,
	connections: readonly Connection[],
	by: Person,
): Ruling {
	const isChat = command.agentId === null;
	if (!agent && !isChat) return { refused: 'This agent has been deleted. Choose another one.' };
	if (!command.prompt.trim() && command.input === undefined)
		return { refused: isChat ? 'A chat begins with a message.' : 'A run needs a prompt.' };
	if (agent?.inputSchema && command.input !== undefined) {
		const [problem] = validate(agent.inputSchema, command.input);
		if (problem)
			return { refused: `The input does not fit: ${problem.at || 'input'}: ${problem.message}` };
	}
	const problem = attachmentsProblem(command.attachments ?? []);
	if (problem) return { refused: problem };
	const settings = settingsFor(agent ?? chatDefaults, connections, command.overrides ?? {});
	if ('refused' in settings) return settings;
	const prompt = withForm(command.prompt, command.input);
	const events: EventDraft[] = [
		{
			kind: 'created',
			by,
			mode: 'standard',
			agent: agent ? snapshotOf(agent) : null,
			settings,
			title: titleFrom(command.prompt, command.input),
			...(command.ticketId !== undefined && { ticketId: command.ticketId }),
		},
		{
			kind: 'prompt',
			by,
			actor: MAIN,
			text: prompt,
			input: command.input,
			...handedAlong(command),
		},
	];
	return { events };
}

/** What a chat is begun with where the person says nothing else. */
export const chatDefaults: AgentDefaults = {
	connectionId: null,
	model: null,
	effort: null,
	thinking: true,
	permissionMode: 'ask',
	maxTurns: 50,
	budget: null,
};

/** What came with a message beside its text; nothing where nothing did. */
export function handedAlong({
	context = [],
	attachments = [],
}: {
	context?: ContextPiece[];
	attachments?: Attachment[];
}): Pick<EventKinds['prompt'], 'context' | 'attachments'> {
	return {
		...(context.length > 0 && { context }),
		...(attachments.length > 0 && { attachments }),
	};
}

export type AgentDefaults = Pick<
	Agent,
	'connectionId' | 'model' | 'effort' | 'thinking' | 'permissionMode' | 'maxTurns' | 'budget'
>;

/**
 * Overrides first, then the agent's own choice, over a connection that has its model where its own is another
 * device's; then the device's default connection and its first model.
 */
export function settingsFor(
	agent: AgentDefaults,
	connections: readonly Connection[],
	overrides: Partial<SessionSettings>,
): SessionSettings | { refused: string } {
	const wanted = overrides.connectionId ?? agent.connectionId;
	const found = connectionFor(wanted, overrides.model ?? agent.model, connections);
	const connection = found ?? connections[0];
	if (!connection)
		return { refused: 'No model is connected on this device. Connect one in Settings.' };
	const model =
		overrides.model ??
		(found && (found.id === agent.connectionId || found.id !== wanted) ? agent.model : null) ??
		connection.models[0]?.id;
	if (!model)
		return { refused: `${connection.name} has no model. Add one in Settings, Connections.` };
	const effort = overrides.effort === undefined ? agent.effort : overrides.effort;
	const levels = connection.models.find(({ id }) => id === model)?.efforts ?? [];
	return {
		connectionId: connection.id,
		model,
		effort: effort !== null && levels.includes(effort) ? effort : null,
		thinking: overrides.thinking ?? agent.thinking,
		permissionMode: overrides.permissionMode ?? agent.permissionMode,
		maxTurns: overrides.maxTurns ?? agent.maxTurns,
		budget: overrides.budget === undefined ? agent.budget : overrides.budget,
	};
}
