import type { Act } from '$lib/domain/deciders/next-move';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { EventDraft } from '$lib/domain/log/event';
import type { SessionLog } from '../journal/journal';
import { ticketPort } from '../tools/ticket-port';
import type { Tool, ToolOutcome } from '../tools/tool-port';

type ToolAct = Extract<Act, { do: 'run-tool' }>;

/**
 * One tool execution, to its durable result. A tool that fails is a result too, for the model to act on. Once
 * `signal` is aborted nothing is appended. Throws only what appending throws.
 */
export async function runTool(
	act: ToolAct,
	log: SessionLog,
	toolFor: (name: string) => Tool | undefined,
	signal: AbortSignal,
): Promise<void> {
	const startedAt = log.parts.now();
	const outcome = await outcomeOf(act, log, toolFor, signal);
	if (signal.aborted) return;
	const { content, isError = false, files, plan } = outcome;
	const { callId, actor } = act;
	const ms = log.parts.now() - startedAt;
	const drafts: EventDraft[] = [
		{ kind: 'tool-result', by: BY_ENGINE, callId, content, isError, ms, files },
	];
	if (plan) drafts.push({ kind: 'plan-updated', by: BY_ENGINE, callId, actor, items: plan });
	await log.append(drafts);
}

async function outcomeOf(
	act: ToolAct,
	log: SessionLog,
	toolFor: (name: string) => Tool | undefined,
	signal: AbortSignal,
): Promise<ToolOutcome> {
	const tool = toolFor(act.tool);
	if (!tool) return { content: `${act.tool} cannot run on this device.`, isError: true };
	try {
		const tickets = ticketPort(log.parts, act.actor, log.sessionId);
		return await tool.run(act.input, { files: log.state.files, tickets, signal });
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { content: `${act.tool} failed: ${why}`, isError: true };
	}
}
