import type { Connection, ModelInfo } from '$lib/domain/connection';
import { endpointProfiles } from '$lib/domain/quirks';
import type { ConnectionDraft, EngineApi } from '$lib/domain/rpc';
import {
	allConnections,
	connectionById,
	deleteConnection,
	saveConnection,
	updateModels,
} from '$lib/store/connections';
import type { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { ModelError } from '../models/model-port';
import { normalBaseUrl } from './base-url';
import { endpointOf, realWorld, type World } from './endpoint-of';
import { openKey, sealKey } from './key-vault';
import { lazily } from './lazily';

type Ask<K extends keyof EngineApi> = EngineApi[K]['ask'];
type Answer<K extends keyof EngineApi> = Promise<EngineApi[K]['answer']>;

/**
 * The questions about connections a page may ask. Every expected failure is a {@link ModelError}, free of keys.
 */
export class ConnectionService {
	constructor(
		private readonly db: MusterDb,
		private readonly world: World = realWorld,
	) {}

	async check(draft: Ask<'check-connection'>): Answer<'check-connection'> {
		const { models } = await this.#checked(draft);
		return { models };
	}

	/** Nothing is saved that did not answer. */
	async save(draft: Ask<'save-connection'>): Answer<'save-connection'> {
		const { before, plan, key, models } = await this.#checked(draft);
		const twin = before ?? (plan.kind === 'practice' ? await this.#practice() : undefined);
		const id = twin?.id ?? draft.id ?? newId();
		const now = this.world.surroundings().now;
		const connection: Connection = {
			v: 1,
			id,
			...plan,
			keyHint: key === null ? null : hintOf(key),
			models,
			checkedAt: now,
			createdAt: twin?.createdAt ?? now,
		};
		const secret = key === null ? null : await sealKey(this.db, id, key);
		await saveConnection(this.db, connection, secret);
		return { connectionId: id };
	}

	async delete({ connectionId }: Ask<'delete-connection'>): Answer<'delete-connection'> {
		await deleteConnection(this.db, connectionId);
		return {};
	}

	async refresh({ connectionId }: Ask<'refresh-connection'>): Answer<'refresh-connection'> {
		const connection = await connectionById(this.db, connectionId);
		if (!connection) throw gone();
		const typed = connection.models.filter(({ source }) => source === 'typed').map(({ id }) => id);
		const key = await openKey(this.db, connectionId);
		const models = await this.#modelsOf(connection, key, typed);
		await updateModels(this.db, connectionId, { models, checkedAt: this.world.surroundings().now });
		return { models };
	}

	async #checked(draft: ConnectionDraft): Promise<{
		before: Connection | undefined;
		plan: Plan;
		key: string | null;
		models: ModelInfo[];
	}> {
		const before = draft.id === undefined ? undefined : await connectionById(this.db, draft.id);
		const plan = planOf(draft);
		const key = await this.#keyFor(draft, plan, before);
		const models = await this.#modelsOf(plan, key, draft.typedModels ?? []);
		return { before, plan, key, models };
	}

	async #keyFor(
		draft: ConnectionDraft,
		plan: Plan,
		before: Connection | undefined,
	): Promise<string | null> {
		if (plan.kind === 'practice') return null;
		if (draft.key !== undefined) return presentable(draft.key, plan);
		const saved = before ? await openKey(this.db, before.id) : null;
		if (saved !== null && before && originOf(before.baseUrl) !== originOf(plan.baseUrl))
			throw keyNeeded(
				'The address leads to another server than before.',
				'Enter the key again: a saved key is never sent to a new address.',
			);
		return saved ?? presentable('', plan);
	}

	async #modelsOf(plan: Plan, key: string | null, typed: string[]): Promise<ModelInfo[]> {
		const [{ checkKey, listModels }, { typedModel }] = await Promise.all([
			lazily(() => import('./list-models')),
			lazily(() => import('../models/sdk-model')),
		]);
		const endpoint = await endpointOf(plan, key, this.world);
		const listed =
			endpoint.quirks.lists === 'none'
				? []
				: ((await listModels(endpoint, this.world.surroundings)) ?? []);
		const keyPage = endpointProfiles.find(({ id }) => id === plan.profile)?.keyCheck;
		if (keyPage && key !== null) await checkKey(endpoint, keyPage, this.world.surroundings);
		const known = new Set(listed.map(({ id }) => id));
		const added = [...new Set(typed.map((id) => id.trim()))]
			.filter((id) => id && !known.has(id))
			.map(typedModel);
		const models = [...listed, ...added];
		if (models.length === 0) throw noModels();
		return models;
	}

	async #practice(): Promise<Connection | undefined> {
		return (await allConnections(this.db)).find(({ kind }) => kind === 'practice');
	}
}

type Plan = Pick<Connection, 'kind' | 'name' | 'baseUrl' | 'auth' | 'profile'>;

function planOf(draft: ConnectionDraft): Plan {
	const { kind } = draft;
	if (kind === 'practice')
		return {
			kind,
			name: draft.name.trim() || 'Practice',
			baseUrl: '',
			auth: 'none',
			profile: 'practice',
		};
	const profile = kind === 'anthropic' ? 'anthropic' : draft.profile || 'other';
	const known = endpointProfiles.find(({ id }) => id === profile);
	const baseUrl = normalBaseUrl(draft.baseUrl.trim() || known?.baseUrl || '');
	const auth = kind === 'anthropic' && draft.auth === 'none' ? 'bearer' : draft.auth;
	return {
		kind,
		name: draft.name.trim() || known?.label || new URL(baseUrl).host,
		baseUrl,
		auth,
		profile,
	};
}

/** The key as it can stand in a header; null for none. */
function presentable(written: string, plan: Plan): string | null {
	// Pasted keys bring quotes, line ends and the name of the variable they came from.
	const key = written
		.trim()
		.replace(/^[A-Z_]+=/, '')
		.replace(/^["']|["']$/g, '')
		.trim();
	if (/[^\x21-\x7e]/.test(key))
		throw new ModelError(
			{
				code: 'bad-key',
				message: 'The key has spaces or characters in it that no key has.',
				advice: 'Copy it again, alone and whole.',
			},
			false,
		);
	if (plan.auth === 'none') return null;
	if (key) return key;
	if (plan.kind === 'anthropic')
		throw keyNeeded('Anthropic wants a key.', 'Paste one from console.anthropic.com.');
	return null;
}

/** Enough to tell keys apart, never enough to be one. */
function hintOf(key: string): string {
	return key.length >= 12 ? key.slice(-4) : '';
}

const originOf = (baseUrl: string): string => new URL(baseUrl).origin;

function keyNeeded(message: string, advice: string): ModelError {
	return new ModelError({ code: 'key-needed', message, advice }, false);
}

function noModels(): ModelError {
	return new ModelError(
		{
			code: 'no-models',
			message: 'The endpoint answers, but lists no models.',
			advice: 'Type the names of the models you want to use.',
		},
		false,
	);
}

function gone(): ModelError {
	return new ModelError(
		{ code: 'no-connection', message: 'This connection is not on this device any more.' },
		false,
	);
}
