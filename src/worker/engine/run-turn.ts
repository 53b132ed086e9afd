import { actingAgent } from '$lib/domain/agents/chat-agent';
import { compactionRequest, requestFor } from '$lib/domain/deciders/request';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { ModelRequest } from '$lib/domain/conversation';
import { isUnderWay, type Act } from '$lib/domain/deciders/next-move';
import type { ModelInfo } from '$lib/domain/connection';
import type { EventDraft, Failure, TurnCost, Usage } from '$lib/domain/log/event';
import { actorState } from '$lib/domain/log/state';
import { adviceAtEnd, retryPlan, type FailedCall } from '$lib/domain/rules/retry';
import type { SessionLog } from '../journal/journal';
import { ModelError, type ModelPorts } from '../models/model-port';
import type { LivePublisher } from './live-publisher';
import { TurnWriter } from './turn-writer';

export interface TurnParts {
	log: SessionLog;
	models: ModelPorts;
	live: LivePublisher;
	/** What is known of a model; undefined where nothing is. */
	modelInfo(connectionId: string, model: string): Promise<ModelInfo | undefined>;
	/** The price of a call at this moment; null where it is unknown. */
	price(connectionId: string, model: string, usage: Usage): Promise<TurnCost | null>;
	/** In [0, 1). */
	random(): number;
}

type ModelAct = Extract<Act, { do: 'call-model' }>;

/** What is known of a call while it is made. */
interface Call {
	act: ModelAct;
	/** As the turn was begun: a person may choose another model, or say more, while this one speaks. */
	connectionId: string;
	model: string;
	/** Epoch ms. */
	startedAt: number;
	/** What the endpoint has counted so far. */
	usage: Usage | null;
}

/**
 * One model call, from its durable beginning to its durable end: `turn-ended` or `turn-failed`. Once `signal` is
 * aborted it appends only what had already arrived and, where the turn was given up, what it had used. Throws only
 * what appending throws.
 */
export async function runTurn(act: ModelAct, parts: TurnParts, signal: AbortSignal): Promise<void> {
	const { log } = parts;
	const writer = new TurnWriter(log, parts.live, act.turnId, act.actor);
	const { connectionId, model } = log.state.settings;
	const call: Call = { act, connectionId, model, startedAt: log.parts.now(), usage: null };
	try {
		await callModel(call, parts, writer, signal);
	} catch (error) {
		if (isLogError(log, error)) throw error;
		await writer.flush();
		const counted = await countedOf(call, parts);
		// One moment for both: a wait that the endpoint named is as long as the log says.
		const at = log.parts.now();
		if (!signal.aborted) await log.append([failed(call, parts, error, counted, at)], { at });
		else if (counted.usage) await log.append(() => givenUp(call, parts, counted));
	}
}

async function callModel(
	call: Call,
	parts: TurnParts,
	writer: TurnWriter,
	signal: AbortSignal,
): Promise<void> {
	const { log } = parts;
	const { act, connectionId } = call;
	const request = act.purpose === 'answer' ? answerRequest(act, log) : null;
	const port = await parts.models.open(connectionId);
	let requestId: string | undefined;
	for await (const event of port.stream(request ?? (await summaryRequest(act, parts)), signal)) {
		switch (event.type) {
			case 'start':
				requestId = event.requestId;
				break;
			case 'usage':
				call.usage = event.usage;
				break;
			case 'end': {
				const { stopReason, stopDetails, usage } = event;
				call.usage = usage;
				const { cost } = await countedOf(call, parts);
				// Cancelled at the last moment: nothing is said after the end.
				signal.throwIfAborted();
				await log.append([
					{
						kind: 'turn-ended',
						by: BY_ENGINE,
						turnId: act.turnId,
						stopReason,
						stopDetails,
						usage,
						cost,
						requestId,
						ms: log.parts.now() - call.startedAt,
					},
				]);
				return;
			}
			default:
				await writer.take(event);
		}
	}
	throw new ModelError({ code: 'cut', message: 'The answer ended before it was complete.' }, true);
}

interface Counted {
	usage?: Usage;
	cost?: TurnCost;
}

async function countedOf({ connectionId, model, usage }: Call, parts: TurnParts): Promise<Counted> {
	if (!usage) return {};
	const cost = await parts.price(connectionId, model, usage);
	return { usage, ...(cost && { cost }) };
}

function answerRequest(act: ModelAct, { state }: SessionLog): ModelRequest {
	return requestFor(state, actorState(state, act.actor), actingAgent(state));
}

async function summaryRequest(act: ModelAct, { log, modelInfo }: TurnParts): Promise<ModelRequest> {
	const { state } = log;
	const info = await modelInfo(state.settings.connectionId, state.settings.model);
	return compactionRequest(state, actorState(state, act.actor), info?.maxInput ?? null);
}

function failed(
	{ act, startedAt }: Call,
	{ random }: TurnParts,
	error: unknown,
	counted: Counted,
	now: number,
): EventDraft {
	const known = error instanceof ModelError;
	const what: FailedCall = {
		failure: known ? error.failure : unexpected(error),
		retryable: known && error.retryable,
		retryAfterMs: known ? error.retryAfterMs : undefined,
		early: act.notBefore !== null && startedAt < act.notBefore,
	};
	const retry = retryPlan(what, act.attempt, now, random());
	const failure =
		retry || !what.retryable
			? what.failure
			: { ...what.failure, advice: adviceAtEnd(what, act.attempt) };
	return {
		kind: 'turn-failed',
		by: BY_ENGINE,
		turnId: act.turnId,
		failure,
		...(retry ?? {}),
		...counted,
		ms: now - startedAt,
	};
}

/** What a turn that was cancelled had used. One that is still open is another runner's to end. */
function givenUp({ act, startedAt }: Call, { log }: TurnParts, counted: Counted): EventDraft[] {
	if (isUnderWay(act, log.state)) return [];
	const failure = { code: 'cancelled', message: 'The call was cancelled.' };
	const ms = log.parts.now() - startedAt;
	const { turnId } = act;
	return [{ kind: 'turn-failed', by: BY_ENGINE, turnId, failure, ...counted, ms }];
}

function unexpected(error: unknown): Failure {
	const detail = error instanceof Error ? error.name : typeof error;
	return {
		code: 'engine-fault',
		message: `The engine could not make this call (${detail}).`,
		advice: 'Retry. If it happens again, export the run and report it.',
	};
}

function isLogError(log: SessionLog, error: unknown): boolean {
	return log.broken !== null && log.broken === error;
}
