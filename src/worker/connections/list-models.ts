import type { ModelInfo } from '$lib/domain/connection';
import { isJsonObject, type JsonObject, type JsonValue } from '$lib/domain/json';
import { scrubbed, toModelError } from '../models/failures';
import type { ModelError } from '../models/model-port';
import { sdkClient, type Endpoint, type SdkClient } from '../models/sdk-client';
import type { Surroundings } from '../models/sdk-model';

/** How long an endpoint may take to answer a question about itself, ms. */
const patienceMs = 20_000;
const mostPages = 20;

/**
 * The models an endpoint lists, in its order: Anthropic's `/v1/models` with what each model can do, the shape of
 * OpenAI's, or Ollama's `/api/tags`. Null where the endpoint answers but lists nothing.
 *
 * Throws {@link ModelError} where it does not answer or wants another key.
 */
export async function listModels(
	endpoint: Endpoint,
	surroundings: Surroundings,
): Promise<ModelInfo[] | null> {
	const client = asking(endpoint);
	const { origin, pathname } = new URL(endpoint.baseUrl);
	const places = [
		`${endpoint.baseUrl}/v1/models`,
		...(pathname.length > 1 ? [`${origin}/v1/models`] : []),
		`${origin}/api/tags`,
	];
	let unreachable: ModelError | null = null;
	let answered = false;
	for (const place of places) {
		try {
			const models = await allPages(client, place);
			if (models.length > 0) return models;
			answered = true;
		} catch (thrown) {
			const error = modelError(thrown, endpoint, surroundings);
			if (unlisted.has(error.failure.status ?? 0)) answered = true;
			// To a browser a page without CORS headers is out of reach, and servers forget them where they have no page.
			else if (error.failure.code === 'network') unreachable ??= error;
			else throw error;
		}
	}
	if (unreachable && !answered) throw unreachable;
	return null;
}

/**
 * Whether the endpoint knows the key, asked at a page of its own. Throws {@link ModelError} where it says no; any
 * other trouble with that page says nothing about the key.
 */
export async function checkKey(
	endpoint: Endpoint,
	path: string,
	surroundings: Surroundings,
): Promise<void> {
	try {
		await asking(endpoint).get(`${endpoint.baseUrl}${path}`, { timeout: patienceMs });
	} catch (thrown) {
		const error = modelError(thrown, endpoint, surroundings);
		if (error.failure.code === 'bad-key') throw error;
	}
}

/** A client for questions: nobody waits minutes for a list. */
function asking(endpoint: Endpoint): SdkClient {
	return sdkClient({
		...endpoint,
		patience: { firstByteMs: patienceMs, betweenBytesMs: patienceMs },
	});
}

function modelError(thrown: unknown, endpoint: Endpoint, surroundings: Surroundings): ModelError {
	const { baseUrl, key } = endpoint;
	return scrubbed(toModelError(thrown, { baseUrl, hasKey: key !== null, ...surroundings() }), [
		key,
	]);
}

/** Statuses of a server that has no such page. */
const unlisted = new Set([400, 404, 405, 501]);

async function allPages(client: SdkClient, place: string): Promise<ModelInfo[]> {
	const models: ModelInfo[] = [];
	let after: string | null = null;
	for (let page = 0; page < mostPages; page++) {
		const query: Record<string, string> = after
			? { limit: '1000', after_id: after }
			: { limit: '1000' };
		const answer: unknown = await client.get(place, { query, timeout: patienceMs });
		if (!isJsonObject(answer)) return models;
		models.push(...modelsIn(answer));
		after = typeof answer['last_id'] === 'string' ? answer['last_id'] : null;
		if (answer['has_more'] !== true || !after) return models;
	}
	return models;
}

/** What a listing says, whoever wrote it; entries without an id are left out. */
export function modelsIn(listing: JsonObject): ModelInfo[] {
	const entries = [listing['data'], listing['models']].find((list) => Array.isArray(list)) ?? [];
	return entries.filter(isJsonObject).flatMap((entry) => {
		const id = textOf(entry['id']) ?? textOf(entry['model']) ?? textOf(entry['name']);
		return id === null || embeds.test(id) ? [] : [modelOf(id, entry)];
	});
}

/** Models that answer with vectors are listed beside those that talk. */
const embeds = /\bembed|\bnomic-|\bbge-|\breranker?\b/i;

function modelOf(id: string, entry: JsonObject): ModelInfo {
	const abilities = objectOf(entry['capabilities']);
	const parameters = Array.isArray(entry['supported_parameters'])
		? entry['supported_parameters']
		: [];
	const modalities = objectOf(entry['architecture'])['input_modalities'];
	const inputs = Array.isArray(modalities) ? modalities : [];
	const top = objectOf(entry['top_provider']);
	return {
		id,
		name: textOf(entry['display_name']) ?? textOf(entry['name']) ?? id,
		maxInput: countOf(
			entry['max_input_tokens'],
			entry['context_length'],
			entry['max_model_len'],
			entry['max_context_length'],
			objectOf(entry['meta'])['n_ctx'],
		),
		maxOutput: countOf(entry['max_tokens'], top['max_completion_tokens']),
		efforts: effortsOf(objectOf(abilities['effort'])),
		thinking: thinkingOf(objectOf(abilities['thinking'])),
		structuredOutput:
			has(abilities['structured_outputs']) || parameters.includes('structured_outputs'),
		images: has(abilities['image_input']) || inputs.includes('image'),
		pdf: has(abilities['pdf_input']) || inputs.includes('file'),
		source: 'listed',
	};
}

const risingEfforts = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** The levels the endpoint names, known ones in rising order, unknown ones after them. */
function effortsOf(effort: JsonObject): string[] {
	if (!has(effort)) return [];
	const named = Object.keys(effort).filter((level) => level !== 'supported' && has(effort[level]));
	const known = risingEfforts.filter((level) => named.includes(level));
	return [...known, ...named.filter((level) => !known.includes(level))];
}

function thinkingOf(thinking: JsonObject): string[] {
	const types = objectOf(thinking['types']);
	const forms = ['adaptive', 'enabled'].filter((type) => has(types[type]));
	// That a model can be kept from thinking means nothing where it never does.
	return forms.length > 0 && has(types['disabled']) ? [...forms, 'disabled'] : forms;
}

const has = (ability: JsonValue | undefined): boolean => objectOf(ability)['supported'] === true;
const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const textOf = (value: JsonValue | undefined): string | null =>
	typeof value === 'string' && value ? value : null;
const countOf = (...values: (JsonValue | undefined)[]): number | null =>
	values.find((value): value is number => typeof value === 'number' && value > 0) ?? null;
