/** What a command makes of a session: the events to append, or why it is refused. Pure; a refusal changes nothing. */
import { actingAgent } from '../agents/chat-agent';
import { attachmentsProblem } from '../attachment';
import type { SessionCommand } from '../command';
import { isJsonObject } from '../json';
import { MAIN, type EventDraft, type EventKinds, type Person } from '../log/event';
import { nextTurn } from '../log/filing';
import type { CallState, SessionState } from '../log/state';
import { validate } from '../schema/validate';
import { changesOf, type SessionSettings } from '../settings';
import { answerProblems } from '../tools/answers';
import { toolNamed } from '../tools/catalogue';
import { statusOf } from '../views/status';
import { plainTitle } from '../views/title';
import {
	alreadyDecided,
	judge,
	type DecisionKind,
	type PermissionMode,
	type Verdict,
} from './permission';
import type { Ruling } from './ruling';
import { handedAlong } from './start-session';

/** Commands to a session that exists; `start` and `fork`, which make one, have rules of their own. */
export function carryOut(
	state: SessionState,
	command: Exclude<SessionCommand, { kind: 'start' | 'fork' }>,
	by: Person,
): Ruling {
	switch (command.kind) {
		case 'prompt':
			return prompt(state, command, by);
		case 'rename': {
			const title = plainTitle(command.title);
			if (!title) return refused('A title needs at least one character.');
			return title === state.title
				? events()
				: events({ kind: 'renamed', by, title, turn: nextTurn(state) });
		}
		case 'change-settings':
			return events(...changeSettings(state, command.changes, by));
		case 'decide-permission':
			return decidePermission(state, command, by);
		case 'answer-question':
			return answerQuestion(state, command, by);
		case 'resolve-interruption': {
			const call = state.calls.get(command.callId);
			if (!call?.interrupted || call.resolution)
				return refused('This call is no longer waiting for a choice.');
			const { callId, choice } = command;
			return events({ kind: 'interruption-resolved', by, callId, choice });
		}
		case 'pause':
			if (state.ended) return refused('This run is at rest.');
			return state.paused ? events() : events({ kind: 'pause-requested', by });
		case 'continue':
			return goOn(state, command, by);
		case 'cancel':
			if (state.ended && state.ended.status !== 'cancelled')
				return refused('This run is already at rest.');
			return state.ended || state.cancelling ? events() : events({ kind: 'cancel-requested', by });
		case 'take-over':
			return state.ended
				? refused('This run is at rest: nobody runs it.')
				: events(...changeSettings(state, command.overrides, by));
		case 'retry': {
			const waits = [...state.actors.values()].some((actor) => actor.retryAt !== null);
			if (state.ended?.status !== 'failed' && !waits)
				return refused('There is no failed step to try again.');
			return events(...changeSettings(state, command.overrides, by), {
				kind: 'retry-requested',
				by,
			});
		}
	}
}

function prompt(
	state: SessionState,
	command: Extract<SessionCommand, { kind: 'prompt' }>,
	by: Person,
): Ruling {
	if (!command.text.trim()) return refused('A message needs some text.');
	if (state.hold?.code === 'budget')
		return refused('The budget of this run is used up. Raise or remove it first.');
	const problem = attachmentsProblem(command.attachments ?? []);
	if (problem) return refused(problem);
	return events(...changeSettings(state, command.overrides, by), {
		kind: 'prompt',
		by,
		actor: MAIN,
		text: command.text,
		...handedAlong(command),
	});
}

/** Only what differs; a mode that now allows or refuses what is being asked for answers those requests, as a person's act. */
function changeSettings(
	state: SessionState,
	wanted: Partial<SessionSettings> | undefined = {},
	by: Person,
): EventDraft[] {
	const changes = changesOf(state.settings, wanted);
	if (Object.keys(changes).length === 0) return [];
	return [
		{ kind: 'settings-changed', by, changes },
		...(changes.permissionMode ? decidedByMode(state, changes.permissionMode, by) : []),
	];
}

/** Who chooses Plan wants nothing changed, neither what is asked for later nor what waits already. */
function decidedByMode(state: SessionState, mode: PermissionMode, by: Person): EventDraft[] {
	return pendingRequests(state).flatMap((call) => {
		const verdict = verdictOn(state, call, mode, state.allowedInRun);
		if (verdict?.is === 'allow') return decisionOn(call, by, 'allow-once', { mode });
		return verdict?.is === 'deny'
			? decisionOn(call, by, 'deny', { mode, message: verdict.why })
			: [];
	});
}

/** The other requests of a tool that is now allowed for the whole run: they have been waiting for the same. */
function allowedWith(state: SessionState, decided: CallState, by: Person): EventDraft[] {
	const allowed = new Set([...state.allowedInRun, decided.tool]);
	return pendingRequests(state)
		.filter((call) => call !== decided && call.tool === decided.tool)
		.filter(
			(call) => verdictOn(state, call, state.settings.permissionMode, allowed)?.is === 'allow',
		)
		.flatMap((call) => decisionOn(call, by, 'allow-in-run'));
}

/** Null where this build or the agent does not know the tool. */
function verdictOn(
	state: SessionState,
	call: CallState,
	mode: PermissionMode,
	allowedInRun: ReadonlySet<string>,
): Verdict | null {
	const tool = toolNamed(call.tool);
	const policy = actingAgent(state).tools[call.tool];
	if (!tool || !policy) return null;
	return judge({ tool: call.tool, effect: tool.effect, policy, mode, allowedInRun });
}

function decisionOn(
	{ callId, request }: CallState,
	by: Person,
	decision: DecisionKind,
	more: Pick<EventKinds['permission-decided'], 'mode' | 'message'> = {},
): EventDraft[] {
	if (!request) return [];
	const { eventId: cause, inputHash } = request;
	return [{ kind: 'permission-decided', by, cause, callId, inputHash, decision, ...more }];
}

/** Calls that wait for a person's permission, oldest first. */
export function pendingRequests(state: SessionState): CallState[] {
	return [...state.openCalls]
		.map((id) => state.calls.get(id))
		.filter((call) => !!call && !!call.request && !call.decision) as CallState[];
}

function decidePermission(
	state: SessionState,
	command: Extract<SessionCommand, { kind: 'decide-permission' }>,
	by: Person,
): Ruling {
	const call = state.calls.get(command.callId);
	if (!call?.request) return refused('This run no longer asks for that.');
	if (call.decision) return refused(alreadyDecided(call.decision));
	if (call.result) return refused('The run has gone on without this call.');
	if (call.request.inputHash !== command.inputHash)
		return refused('What was shown is not what is being asked for now. Look again, then decide.');
	const { kind: _, ...decision } = command;
	if (command.input !== undefined) {
		if (command.decision === 'deny') delete decision.input;
		else {
			const problem = inputProblem(call.tool, command.input);
			if (problem) return refused(problem);
		}
	}
	return events(
		{ kind: 'permission-decided', by, cause: call.request.eventId, ...decision },
		...(command.decision === 'allow-in-run' ? allowedWith(state, call, by) : []),
	);
}

function inputProblem(toolName: string, input: unknown): string | null {
	const tool = toolNamed(toolName);
	if (!tool) return `There is no tool named ${toolName}.`;
	if (!isJsonObject(input)) return 'The input of a tool must be a JSON object.';
	const [problem] = validate(tool.inputSchema, input);
	return problem
		? `The edited input does not fit: ${problem.at || 'input'}: ${problem.message}`
		: null;
}

function answerQuestion(
	state: SessionState,
	command: Extract<SessionCommand, { kind: 'answer-question' }>,
	by: Person,
): Ruling {
	const call = state.calls.get(command.callId);
	if (!call?.questions || call.result) return refused('This question is no longer open.');
	if (call.answers !== undefined) return refused('This question has already been answered.');
	const [problem] = answerProblems(call.questions, command.answers);
	if (problem) return refused(problem.message);
	return events({
		kind: 'question-answered',
		by,
		callId: command.callId,
		answers: command.answers,
	});
}

function goOn(
	state: SessionState,
	command: Extract<SessionCommand, { kind: 'continue' }>,
	by: Person,
): Ruling {
	if (state.hold?.code === 'interrupted-tool')
		return refused('Choose first whether the interrupted call is run again or skipped.');
	if (state.hold?.code === 'budget' && command.budget === undefined)
		return refused('The budget is used up. Raise or remove it to go on.');
	if (!state.ended && !state.paused && !state.hold && !state.imported) {
		// It goes on already: a second press of Continue is no mistake.
		if (statusOf(state).status === 'running') return events();
		return refused('This run waits for an answer.');
	}
	const changes = {
		...command.overrides,
		...(command.budget !== undefined && { budget: command.budget }),
	};
	return events(...changeSettings(state, changes, by), { kind: 'continue-requested', by });
}

function events(...drafts: EventDraft[]): Ruling {
	return { events: drafts };
}

function refused(why: string): Ruling {
	return { refused: why };
}
