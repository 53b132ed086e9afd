import type { EngineApi, EngineAsk, EngineRequest, EngineResponse } from '$lib/domain/rpc';
import type { Failure } from '$lib/domain/log/event';
import { ModelError } from './models/model-port';

export type Answers = {
	[K in EngineAsk]: (value: EngineApi[K]['ask']) => Promise<EngineApi[K]['answer']>;
};

/** The end of a worker that its page talks to. */
export interface QuestionScope {
	onmessage: ((event: MessageEvent) => unknown) | null;
	postMessage(message: EngineResponse): void;
}

/** Answers the questions of this tab's page. What goes wrong becomes a failure that can be shown. */
export function answerQuestions(scope: QuestionScope, answers: Answers): void {
	scope.onmessage = async ({ data }: MessageEvent<EngineRequest>) => {
		scope.postMessage(await answerTo(data, answers));
	};
}

async function answerTo(
	{ n, ask, value }: EngineRequest,
	answers: Answers,
): Promise<EngineResponse> {
	try {
		const answer = answers[ask] as (value: unknown) => Promise<EngineApi[EngineAsk]['answer']>;
		return { n, ok: true, value: await answer(value) };
	} catch (error) {
		return { n, ok: false, failure: failureOf(error) };
	}
}

function failureOf(error: unknown): Failure {
	if (error instanceof ModelError) return error.failure;
	return {
		code: 'engine-fault',
		message: `The engine could not do this (${error instanceof Error ? error.name : 'unknown error'}).`,
		advice: 'Try again. If it happens again, reload the page.',
	};
}
