import { snapshotOf, type Agent } from '../agent';
import type { SessionCommand } from '../command';
import type { Connection } from '../connection';
import { MAIN, type EventDraft, type Person } from '../log/event';
import { withForm } from '../prompt-form';
import { validate } from '../schema/validate';
import type { SessionSettings } from '../settings';
import { titleFrom } from '../views/title';
import type { Outcome } from './carry-out';

/** The first events of a run, or why it cannot begin. `connections`: all of this device; the default one first. */
export function startSession(
	command: Extract<SessionCommand, { kind: 'start' }>,
	agent: Agent | undefined,
	connections: readonly Connection[],
	by: Person,
): Outcome {
	if (!agent) return { refused: 'This agent has been deleted. Choose another one.' };
	if (!command.prompt.trim() && command.input === undefined)
		return { refused: 'A run needs a prompt.' };
	if (agent.inputSchema && command.input !== undefined) {
		const [problem] = validate(agent.inputSchema, command.input);
		if (problem)
			return { refused: `The input does not fit: ${problem.at || 'input'}: ${problem.message}` };
	}
	const settings = settingsFor(agent, connections, command.overrides ?? {});
	if ('refused' in settings) return settings;
	const prompt = withForm(command.prompt, command.input);
	const events: EventDraft[] = [
		{
			kind: 'created',
			by,
			mode: 'standard',
			agent: snapshotOf(agent),
			settings,
			title: titleFrom(command.prompt, command.input),
		},
		{ kind: 'prompt', by, actor: MAIN, text: prompt, input: command.input },
	];
	return { events };
}

/** Overrides first, then the agent's own choice, then the device's default connection and its first model. */
export function settingsFor(
	agent: Agent,
	connections: readonly Connection[],
	overrides: Partial<SessionSettings>,
): SessionSettings | { refused: string } {
	const wanted = overrides.connectionId ?? agent.connectionId;
	const own = connections.find(({ id }) => id === wanted);
	const connection = own ?? connections[0];
	if (!connection)
		return { refused: 'No model is connected on this device. Connect one in Settings.' };
	const model =
		overrides.model ??
		(own && own.id === agent.connectionId ? agent.model : null) ??
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
