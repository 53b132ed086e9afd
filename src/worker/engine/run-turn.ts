import { actingAgent } from '$lib/domain/agents/chat-agent';
import { compactionRequest, requestFor } from '$lib/domain/deciders/request';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import type { ModelRequest } from '$lib/domain/conversation';
import type { Act } from '$lib/domain/deciders/next-move';
import type { ModelInfo } from '$lib/domain/connection';
import type { Failure, Usage } from '$lib/domain/log/event';
import { actorState } from '$lib/domain/log/state';
import { retryPlan } from '$lib/domain/rules/retry';
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
	price(
		connectionId: string,
		model: string,
		usage: Usage,
	): Promise<{ usd: number; priceVersion: string } | null>;
	/** In [0, 1). */
	random(): number;
}

type ModelAct = Extract<Act, { do: 'call-model' }>;

/**
 * One model call, from its durable beginning to its durable end: `turn-ended` or `turn-failed`. Appends nothing
 * more once `signal` is aborted, but what had already arrived. Throws only what appending throws.
 */
export async function runTurn(act: ModelAct, parts: TurnParts, signal: AbortSignal): Promise<void> {
	const { log } = parts;
	const writer = new TurnWriter(log, parts.live, act.turnId, act.actor);
	const startedAt = log.parts.now();
	try {
		await callModel(act, parts, writer, startedAt, signal);
	} catch (error) {
		if (isLogError(log, error)) throw error;
		await writer.flush();
		if (signal.aborted) return;
		await log.append([failed(act, parts, error, startedAt)]);
	}
}

async function callModel(
	act: ModelAct,
	parts: TurnParts,
	writer: TurnWriter,
	startedAt: number,
	signal: AbortSignal,
): Promise<void> {
	const { log } = parts;
	// As the turn was begun: a person may choose another model, or say more, while this one speaks.
	const { connectionId, model } = log.state.settings;
	const request = act.purpose === 'answer' ? answerRequest(act, log) : null;
	const port = await parts.models.open(connectionId);
	let requestId: string | undefined;
	for await (const event of port.stream(request ?? (await summaryRequest(act, parts)), signal)) {
		switch (event.type) {
			case 'start':
				requestId = event.requestId;
				break;
			case 'end': {
				const { stopReason, stopDetails, usage } = event;
				const cost = usage ? await parts.price(connectionId, model, usage) : null;
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
						cost: cost ?? undefined,
						requestId,
						ms: log.parts.now() - startedAt,
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

function answerRequest(act: ModelAct, { state }: SessionLog): ModelRequest {
	return requestFor(state, actorState(state, act.actor), actingAgent(state));
}

async function summaryRequest(act: ModelAct, { log, modelInfo }: TurnParts): Promise<ModelRequest> {
	const { state } = log;
	const info = await modelInfo(state.settings.connectionId, state.settings.model);
	return compactionRequest(state, actorState(state, act.actor), info?.maxInput ?? null);
}

function failed(act: ModelAct, { log, random }: TurnParts, error: unknown, startedAt: number) {
	const known = error instanceof ModelError;
	const failure = known ? error.failure : unexpected(error);
	const now = log.parts.now();
	const retry = retryPlan(
		{
			failure,
			retryable: known && error.retryable,
			retryAfterMs: known ? error.retryAfterMs : undefined,
		},
		act.attempt,
		now,
		random(),
	);
	return {
		kind: 'turn-failed',
		by: BY_ENGINE,
		turnId: act.turnId,
		failure,
		...(retry ?? {}),
		ms: now - startedAt,
	} as const;
}

function unexpected(error: unknown): Failure {
	const detail = error instanceof Error ? error.name : typeof error;
	return {
		code: 'engine-fault',
		message: `The engine could not make this call (${detail}).`,
		advice: 'Retry. If it happens again, export the session and report it.',
	};
}

function isLogError(log: SessionLog, error: unknown): boolean {
	return log.broken !== null && log.broken === error;
}
