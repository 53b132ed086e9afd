import { canonicalJson, isJsonObject } from '../json';
import { isTextTooDeep, tooDeep } from '../json-depth';
import type { CallState, SessionState } from '../log/state';
import type { AgentSnapshot } from '../agent';
import type { EventDraft } from '../log/event';
import { inputHash } from '../rules/input-hash';
import { judge } from '../rules/permission';
import { validate } from '../schema/validate';
import type { ToolDefinition } from '../tool';
import { answersToText } from '../tools/answers';
import { parseQuestions } from '../tools/ask-user';
import { toolNamed } from '../tools/catalogue';
import { BY_ENGINE, type Step } from './step';

/** What is to be done about one tool call that has no result yet. Null: it is running. */
export function stepForCall(
	state: SessionState,
	call: CallState,
	agent: AgentSnapshot | null,
): Step | null {
	if (call.started) return null;
	if (call.malformed !== undefined)
		return refuse(
			call,
			`The input of this call is ${isTextTooDeep(call.malformed) ? tooDeep : 'not valid JSON'}. Send the call again, corrected.`,
		);
	const tool = toolNamed(call.tool);
	const policy = agent?.tools[call.tool];
	if (!tool || !policy) return refuse(call, unknownTool(call.tool, agent));
	if (call.interrupted && !tool.repeatable) {
		if (call.resolution === 'skip')
			return refuse(
				call,
				`${call.tool} was interrupted, and the person chose not to run it again. It had no effect.`,
			);
		if (call.resolution === null) return askAboutInterruption(state, call);
	}
	if (call.decision?.decision === 'deny') return refuse(call, denied(call));
	const input = call.decision?.input ?? call.input;
	if (!isJsonObject(input)) return refuse(call, 'The input of a tool must be a JSON object.');
	const problems = validate(tool.inputSchema, input);
	if (problems.length > 0)
		return refuse(
			call,
			`The input does not fit the tool's schema. ${problems.map((p) => `${p.at || 'input'}: ${p.message}`).join(' ')}`,
		);
	if (tool.name === 'ask_user') return ask(call, input);
	if (call.decision) return run(call, input);
	if (call.request) return { do: 'wait', actor: call.actor, for: 'permission' };
	return byPermission(state, call, tool, policy, input);
}

function byPermission(
	state: SessionState,
	call: CallState,
	tool: ToolDefinition,
	policy: 'allow' | 'ask' | 'deny',
	input: Extract<Step, { do: 'run-tool' }>['input'],
): Step {
	const verdict = judge({
		tool: call.tool,
		effect: tool.effect,
		policy,
		mode: state.settings.permissionMode,
		allowedInRun: state.allowedInRun,
	});
	switch (verdict.is) {
		case 'allow':
			return run(call, input);
		case 'deny':
			return refuse(call, verdict.why);
		case 'ask':
			return record({
				kind: 'permission-requested',
				by: BY_ENGINE,
				callId: call.callId,
				actor: call.actor,
				tool: call.tool,
				inputHash: inputHash(call.tool, call.input),
			});
	}
}

function run(call: CallState, input: Extract<Step, { do: 'run-tool' }>['input']): Step {
	return { do: 'run-tool', actor: call.actor, callId: call.callId, tool: call.tool, input };
}

function ask(call: CallState, input: Extract<Step, { do: 'run-tool' }>['input']): Step {
	if (!call.questions)
		return record({
			kind: 'question-asked',
			by: BY_ENGINE,
			callId: call.callId,
			actor: call.actor,
			questions: parseQuestions(input),
		});
	if (call.answers === undefined) return { do: 'wait', actor: call.actor, for: 'answer' };
	return record(result(call, answersToText(call.questions, call.answers), false));
}

function askAboutInterruption(state: SessionState, call: CallState): Step {
	if (state.hold) return { do: 'wait', actor: call.actor, for: 'person' };
	return record({
		kind: 'held',
		by: BY_ENGINE,
		code: 'interrupted-tool',
		message: `Interrupted while running ${call.tool}: run it again or skip`,
		actor: call.actor,
		callId: call.callId,
	});
}

/** The call goes back to the model as an error result: it can mend what it did. */
function refuse(call: CallState, why: string): Step {
	return record(result(call, why, true));
}

function result(call: CallState, content: string, isError: boolean): EventDraft {
	return { kind: 'tool-result', by: BY_ENGINE, callId: call.callId, content, isError, ms: 0 };
}

function record(...events: EventDraft[]): Step {
	return { do: 'record', events };
}

function unknownTool(name: string, agent: AgentSnapshot | null): string {
	const offered = Object.keys(agent?.tools ?? {});
	const list = offered.length > 0 ? offered.join(', ') : 'none';
	return `There is no tool named ${canonicalJson(name)}. Tools you can use: ${list}.`;
}

function denied(call: CallState): string {
	const message = call.decision?.message?.trim();
	return message
		? `The person denied this call and says: ${message}`
		: 'The person denied this call. Do not try the same again; ask or find another way.';
}

/** Session files are shared: of the calls that change them, one runs at a time. */
export function changesFiles(call: CallState): boolean {
	return toolNamed(call.tool)?.effect === 'edit';
}
