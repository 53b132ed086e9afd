/** What the timeline says of an event. */
import { inSentence } from '../device-name';
import { formatBytes, formatMoney, formatTiming, formatTokens } from '../format';
import { isJsonObject } from '../json';
import type { EventOf, SessionEvent, Usage } from '../log/event';
import { withoutForm } from '../prompt-form';
import { permissionModes } from '../rules/permission';
import type { SessionSettings } from '../settings';

export type ActivityType =
	| 'run'
	| 'message'
	| 'turn'
	| 'tool'
	| 'permission'
	| 'question'
	| 'retry'
	| 'warning'
	| 'error'
	| 'runner'
	| 'settings'
	| 'filing'
	| 'output';

export type Tone =
	'plain' | 'running' | 'completed' | 'failed' | 'cancelled' | 'waiting' | 'permission';

export interface Told {
	type: ActivityType;
	title: string;
	tone?: Tone;
	/** In mono type after the title: a tool, a model. */
	subject?: string;
	/** Measures and reasons, each a phrase; empty ones are left out. */
	details?: string[];
}

/** Kinds that belong to the entry of their turn or call. */
export type PartKind =
	| 'part-delta'
	| 'thinking'
	| 'redacted-thinking'
	| 'text'
	| 'other-part'
	| 'tool-call'
	| 'turn-ended'
	| 'plan-updated';
export type OwnEvent = Exclude<SessionEvent, { kind: PartKind }>;

/** `tool`: the tool of the call the event is about, if it is about one. Null for a kind of a later version. */
export function tell(event: OwnEvent, tool: string): Told | null {
	switch (event.kind) {
		case 'created': {
			const { model, permissionMode } = event.settings;
			const details = [model, modeLabel(permissionMode)];
			const title = event.agent ? 'Run created' : 'Chat created';
			return { type: 'run', title, subject: event.agent?.name, details };
		}
		case 'prompt': {
			const title = event.by.kind === 'engine' ? 'Correction asked for' : 'Message';
			return { type: 'message', title, details: promptPhrases(event) };
		}
		case 'renamed':
			return { type: 'settings', title: 'Renamed', details: [event.title] };
		case 'archived':
			return { type: 'filing', title: 'Archived' };
		case 'unarchived':
			return { type: 'filing', title: 'Taken out of the archive' };
		case 'deleted':
			return { type: 'filing', title: 'Deleted' };
		case 'restored':
			return { type: 'filing', title: 'Restored' };
		case 'ticket-linked':
			return {
				type: 'filing',
				title: event.ticketId === null ? 'Unlinked from its ticket' : 'Linked to a ticket',
			};
		case 'labels-changed':
			return {
				type: 'filing',
				title: 'Labels changed',
				details: [
					...event.add.map((label) => `+ ${label}`),
					...event.remove.map((label) => `− ${label}`),
				],
			};
		case 'forked':
			return { type: 'run', title: 'Forked' };
		case 'seen':
			return null;
		case 'settings-changed':
			return {
				type: 'settings',
				title: 'Settings changed',
				details: settingPhrases(event.changes),
			};
		case 'turn-started': {
			const { purpose, model, effort, attempt } = event;
			const title = purpose === 'compact' ? 'Turn to summarise the conversation' : 'Turn';
			const details = [effort ?? '', attempt > 1 ? `try ${attempt}` : ''];
			return { type: 'turn', title, tone: 'running', subject: model, details };
		}
		case 'turn-failed':
			return failedTurn(event);
		case 'context-compacted':
			return { type: 'turn', title: 'Earlier conversation replaced by a summary' };
		case 'permission-requested':
			return {
				type: 'permission',
				title: 'Permission asked for',
				tone: 'permission',
				subject: tool,
			};
		case 'permission-decided': {
			const { decision, input, message, mode } = event;
			const details = [input === undefined ? '' : 'with an edited input', message ?? ''];
			const tone = decision === 'deny' ? 'failed' : 'completed';
			const title = decisionWords(decision, mode);
			return { type: 'permission', title, tone, subject: tool, details };
		}
		case 'question-asked': {
			const details = event.questions.map((question) => question.text);
			return { type: 'question', title: 'Question asked', tone: 'waiting', details };
		}
		case 'question-answered': {
			const title = event.answers === null ? 'Question skipped' : 'Question answered';
			const details = (event.answers ?? []).map(({ chosen, text }) =>
				[...(chosen ?? []), text ?? ''].filter(Boolean).join(', '),
			);
			return { type: 'question', title, tone: 'completed', details };
		}
		case 'tool-started':
			return { type: 'tool', title: 'Tool', tone: 'running', subject: tool };
		case 'tool-result': {
			const title = event.isError ? 'Tool not run' : 'Tool answered';
			const tone = event.isError ? 'failed' : 'completed';
			return { type: 'tool', title, tone, subject: tool };
		}
		case 'interruption-resolved': {
			const title =
				event.choice === 'skip' ? 'Interrupted call skipped' : 'Interrupted call runs again';
			return { type: 'tool', title, subject: tool };
		}
		case 'output': {
			const details = event.problems.map(({ at, message }) => `${at || 'output'}: ${message}`);
			return details.length > 0
				? { type: 'output', title: 'Output does not fit its schema', tone: 'failed', details }
				: { type: 'output', title: 'Output', tone: 'completed', details: outputPhrases(event) };
		}
		case 'error': {
			const { message, advice } = event.failure;
			return { type: 'error', title: 'Error', tone: 'failed', details: [message, advice ?? ''] };
		}
		case 'warning':
			return { type: 'warning', title: 'Warning', tone: 'waiting', details: [event.message] };
		case 'noted':
			return { type: 'run', title: 'Noted', subject: event.type };
		case 'held':
			return { type: 'run', title: 'Waits', tone: 'waiting', details: [event.message] };
		case 'pause-requested':
			return { type: 'run', title: 'Pause asked for' };
		case 'continue-requested':
			return { type: 'run', title: 'Continued' };
		case 'cancel-requested':
			return { type: 'run', title: 'Cancel asked for' };
		case 'retry-requested':
			return { type: 'retry', title: 'Retry asked for' };
		case 'lease-taken':
			return {
				type: 'runner',
				title: `Runs on ${inSentence(event.deviceName)}`,
			};
		case 'imported':
			return { type: 'run', title: 'Imported' };
		case 'ended':
			return { type: 'run', title: endings[event.status], tone: event.status };
		default:
			event satisfies never;
			return null;
	}
}

/** `mode`: what the session was given, where that decided it. */
export function decisionWords(
	decision: keyof typeof decisionLabel,
	mode: SessionSettings['permissionMode'] | undefined,
): string {
	return mode ? `Allowed by ${modeLabel(mode)}` : decisionLabel[decision];
}

const decisionLabel = {
	'allow-once': 'Allowed once',
	'allow-in-run': 'Always allowed in this run',
	deny: 'Denied',
} as const;
const endings = { completed: 'Completed', failed: 'Failed', cancelled: 'Cancelled' } as const;

function failedTurn({ failure, retryAt, at }: EventOf<'turn-failed'>): Told {
	const details = [failure.message, failure.status === undefined ? '' : `HTTP ${failure.status}`];
	if (retryAt === undefined)
		return { type: 'error', title: 'Turn failed', tone: 'failed', details };
	const pause = `in ${formatTiming(retryAt - at)}`;
	return { type: 'retry', title: 'Tries again', tone: 'waiting', details: [pause, ...details] };
}

export function turnPhrases({ usage, cost, ms, stopReason }: EventOf<'turn-ended'>): string[] {
	const usual = stopReason === 'end_turn' || stopReason === 'tool_use';
	return [
		...(usage ? usagePhrases(usage) : ['tokens unknown']),
		cost ? formatMoney(cost.usd) : 'cost unknown',
		formatTiming(ms),
		usual ? '' : `stopped: ${stopReason}`,
	];
}

/** What a call that broke off had used, as far as it was counted. */
export function brokenPhrases({ usage, cost }: EventOf<'turn-failed'>): string[] {
	if (!usage) return [];
	return [...usagePhrases(usage), cost ? formatMoney(cost.usd) : 'cost unknown'];
}

function usagePhrases({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): string[] {
	const read = input + cacheRead + cacheWrite5m + cacheWrite1h;
	return [`${formatTokens(read)} tokens in`, `${formatTokens(output)} out`];
}

export function resultPhrases({ ms, content, files }: EventOf<'tool-result'>): string[] {
	return [formatTiming(ms), formatBytes(content.length), ...(files ?? []).map(({ path }) => path)];
}

function outputPhrases({ raw, value }: EventOf<'output'>): string[] {
	return [value === undefined ? '' : 'fits its schema', formatBytes(raw.length)];
}

function promptPhrases({ text, input }: EventOf<'prompt'>): string[] {
	const values = isJsonObject(input) ? Object.values(input) : [];
	const texts = values.filter((value) => typeof value === 'string' && value.trim() !== '');
	return [
		firstLine(withoutForm(text, input)),
		...texts.map((value) => firstLine(String(value), 60)),
	];
}

/** What a person did to each changed setting: "set the budget to 3,926 tokens". */
export function settingDeeds(changes: Partial<SessionSettings>, raised = false): string[] {
	const { connectionId, model, effort, permissionMode, budget, maxTurns, thinking } = changes;
	const cap = budgetPhrase(budget ?? null);
	return [
		model === undefined ? '' : `chose the model ${model}`,
		// What it is called is known to its own device.
		connectionId === undefined || model !== undefined ? '' : 'chose another connection',
		effort === undefined
			? ''
			: effort === null
				? 'left the effort to the model'
				: `set the effort to ${effort}`,
		permissionMode === undefined ? '' : `set permissions to ${modeLabel(permissionMode)}`,
		budget === undefined
			? ''
			: cap === 'removed'
				? 'removed the budget'
				: `${raised ? 'raised' : 'set'} the budget to ${cap}`,
		maxTurns === undefined ? '' : `allowed ${maxTurns} turns`,
		thinking === undefined ? '' : `turned thinking ${thinking ? 'on' : 'off'}`,
	].filter((deed) => deed !== '');
}

/** Each changed setting in words. */
export function settingPhrases(changes: Partial<SessionSettings>): string[] {
	const { connectionId, model, effort, permissionMode, budget, maxTurns, thinking } = changes;
	return [
		model === undefined ? '' : `model ${model}`,
		connectionId === undefined || model !== undefined ? '' : 'another connection',
		effort === undefined ? '' : `effort ${effort ?? 'left to the model'}`,
		permissionMode === undefined ? '' : `permissions: ${modeLabel(permissionMode)}`,
		budget === undefined ? '' : `budget ${budgetPhrase(budget)}`,
		maxTurns === undefined ? '' : `at most ${maxTurns} turns`,
		thinking === undefined ? '' : `thinking ${thinking ? 'on' : 'off'}`,
	].filter((phrase) => phrase !== '');
}

/** The caps of a budget. */
export function budgetPhrase(budget: SessionSettings['budget']): string {
	const caps = [
		budget?.usd === undefined ? '' : formatMoney(budget.usd),
		budget?.tokens === undefined ? '' : `${budget.tokens.toLocaleString('en')} tokens`,
	].filter((cap) => cap !== '');
	return caps.length > 0 ? caps.join(', ') : 'removed';
}

export function modeLabel(mode: SessionSettings['permissionMode']): string {
	return permissionModes.find((entry) => entry.mode === mode)?.label ?? mode;
}

/** The first line of a text, cut for a row. */
export function firstLine(text: string, maxChars = 160): string {
	const line = text.slice(0, 2000).trim().split('\n', 1)[0] ?? '';
	return line.length > maxChars ? `${line.slice(0, maxChars - 1)}…` : line;
}
