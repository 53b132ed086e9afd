import { inSentence } from '../device-name';
import type { ToolEffect } from '../tool';

/** What an agent says of one of its tools. */
export type ToolPolicy = 'allow' | 'ask' | 'deny';

/** What a person says of a whole session. */
export type PermissionMode = 'ask' | 'edits' | 'everything' | 'plan';

export const permissionModes: { mode: PermissionMode; label: string; meaning: string }[] = [
	{ mode: 'ask', label: 'Ask for all', meaning: 'Asks before every tool that is set to Ask' },
	{ mode: 'edits', label: 'Auto-approve edits', meaning: 'Writes files of the run without asking' },
	{
		mode: 'everything',
		label: 'Approve everything',
		meaning: 'Asks for nothing. Tools set to Deny stay denied',
	},
	{ mode: 'plan', label: 'Plan', meaning: 'Reads and plans only. Changes are refused' },
];

/** What a person says of one request. */
export type DecisionKind = 'allow-once' | 'allow-in-run' | 'deny';

const decided: Record<DecisionKind, string> = {
	'allow-once': 'allowed',
	'allow-in-run': 'allowed for this run',
	deny: 'denied',
};

/** Why a decision comes too late: "Already denied on Laptop." */
export function alreadyDecided(first: {
	decision: DecisionKind;
	by: { deviceName: string };
}): string {
	return `Already ${decided[first.decision]} on ${inSentence(first.by.deviceName)}.`;
}

export type Verdict = { is: 'allow' } | { is: 'ask' } | { is: 'deny'; why: string };

/**
 * What happens to a call of a tool: the agent's policy first (a denied tool stays denied), then the session's
 * mode, then what the person has already allowed for this run. Talking to the person never needs permission.
 */
export function judge(call: {
	tool: string;
	effect: ToolEffect;
	policy: ToolPolicy;
	mode: PermissionMode;
	allowedInRun: ReadonlySet<string>;
}): Verdict {
	if (call.effect === 'talk') return { is: 'allow' };
	if (call.policy === 'deny')
		return { is: 'deny', why: `This agent is not allowed to use ${call.tool}.` };
	if (call.mode === 'plan' && call.effect !== 'read')
		return {
			is: 'deny',
			why: `The session is in Plan mode: ${call.tool} would change something, so it was not run. Describe the change instead.`,
		};
	if (call.policy === 'allow' || call.mode === 'everything') return { is: 'allow' };
	if (call.mode === 'edits' && call.effect === 'edit') return { is: 'allow' };
	return call.allowedInRun.has(call.tool) ? { is: 'allow' } : { is: 'ask' };
}
