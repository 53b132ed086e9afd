import type { ModelInfo } from '$lib/domain/connection';
import type { ModelRequest } from '$lib/domain/conversation';
import type { CallContext } from './failure-words';
import { notAStream, scrubbed, toModelError } from './failures';
import type { ModelError, ModelEvent, ModelPort } from './model-port';
import { StreamReader } from './read-stream';
import { requestBody } from './request-body';
import { sdkClient, type Endpoint } from './sdk-client';

export interface SdkModelOptions extends Endpoint {
	/** What is known of the endpoint's models; one that is missing counts as typed. */
	models: readonly ModelInfo[];
	/** The endpoint takes output schemas exactly as they are written. */
	rawSchemas?: boolean;
	surroundings: Surroundings;
}

/** What this device knows about itself, asked anew at each failure. */
export type Surroundings = () => Pick<CallContext, 'online' | 'securePage' | 'pageOrigin' | 'now'>;

/** The port of any endpoint that speaks the Messages API, through the SDK's slim client. */
export function sdkModel(options: SdkModelOptions): ModelPort {
	const client = sdkClient(options);

	function failure(thrown: unknown, model: string, answering: boolean): ModelError {
		const { baseUrl, key, surroundings } = options;
		const context = { baseUrl, model, hasKey: key !== null, answering, ...surroundings() };
		return scrubbed(toModelError(thrown, context), [key]);
	}

	return {
		async *stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
			signal.throwIfAborted();
			const known = options.models.find(({ id }) => id === request.model);
			const model = known ?? typedModel(request.model);
			const body = requestBody(request, model, options.quirks, options.rawSchemas);
			let answering = false;
			try {
				const { data, response } = await client.messages.create(body, { signal }).withResponse();
				answering = true;
				const contentType = response.headers.get('content-type') ?? '';
				if (/html|application\/json/i.test(contentType)) {
					data.controller.abort();
					throw notAStream(options.baseUrl, contentType);
				}
				const requestId =
					response.headers.get('request-id') ?? response.headers.get('x-request-id') ?? undefined;
				const reader = new StreamReader(request.model, requestId);
				for await (const raw of data) {
					yield* reader.read(raw);
					if (reader.done) return;
				}
				// The SDK ends an aborted stream in silence.
				signal.throwIfAborted();
				yield* reader.finish();
			} catch (error) {
				signal.throwIfAborted();
				throw failure(error, request.model, answering);
			}
		},
	};
}

/** A model nothing is known of. */
export function typedModel(id: string): ModelInfo {
	return {
		id,
		name: id,
		maxInput: null,
		maxOutput: null,
		efforts: [],
		thinking: [],
		structuredOutput: false,
		images: false,
		pdf: false,
		source: 'typed',
	};
}
