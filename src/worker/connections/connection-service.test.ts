import { describe, expect, test } from 'vitest';
import type { ConnectionDraft } from '$lib/domain/rpc';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { loadSettings } from '$lib/store/settings';
import { ConnectionService } from './connection-service';
import type { World } from './endpoint-of';
import { openKey } from './key-vault';
import { storedPorts } from './ports';
import { all, baseRequest } from '../../../tests/contracts/model-port';

const key = 'sk-ant-canary-0123456789abcdefghij';

function workshop(models: object[] = [{ id: 'm1' }, { id: 'm2' }]) {
	const db = new MusterDb(`connections-${newId()}`);
	const asked: { url: string; authorization: string | null }[] = [];
	let answer = (): Response =>
		new Response(JSON.stringify({ data: models }), {
			headers: { 'content-type': 'application/json' },
		});
	const world: World = {
		fetch: (url, init) => {
			asked.push({
				url: String(url),
				authorization: new Headers(init?.headers).get('authorization'),
			});
			return Promise.resolve(answer());
		},
		surroundings: () => ({ online: true, securePage: true, now: 42 }),
	};
	return {
		db,
		asked,
		service: new ConnectionService(db, world),
		ports: storedPorts(db, world),
		fails: (status: number) => (answer = () => new Response('{}', { status })),
	};
}

const anthropic: ConnectionDraft = {
	kind: 'anthropic',
	name: ' Work ',
	baseUrl: '',
	auth: 'bearer',
	profile: 'anthropic',
	key,
};
const local: ConnectionDraft = {
	kind: 'compatible',
	name: '',
	baseUrl: 'localhost:11434/v1',
	auth: 'none',
	profile: 'ollama',
};
const practice: ConnectionDraft = {
	kind: 'practice',
	name: '',
	baseUrl: '',
	auth: 'none',
	profile: '',
};
const code = (code: string) =>
	expect.objectContaining({ failure: expect.objectContaining({ code }) });

describe('checking a connection', () => {
	test('asks the endpoint and saves nothing', async () => {
		const { db, service, asked } = workshop();
		const { models } = await service.check(anthropic);
		expect(models.map(({ id }) => id)).toEqual(['m1', 'm2']);
		expect(asked).toEqual([
			{ url: 'https://api.anthropic.com/v1/models?limit=1000', authorization: `Bearer ${key}` },
		]);
		expect([await db.connections.count(), await db.secrets.count()]).toEqual([0, 0]);
	});
	test('asks about the key by itself where anybody may list models', async () => {
		const { service, asked } = workshop();
		await service.check({
			...anthropic,
			kind: 'compatible',
			profile: 'openrouter',
			baseUrl: 'https://openrouter.ai/api/v1',
		});
		expect(asked).toEqual([
			{ url: 'https://openrouter.ai/api/v1/models?limit=1000', authorization: `Bearer ${key}` },
			{ url: 'https://openrouter.ai/api/v1/key', authorization: `Bearer ${key}` },
		]);
	});
	test('takes a key as people paste it', async () => {
		const { service, asked } = workshop();
		await service.check({ ...anthropic, key: ` ANTHROPIC_API_KEY="${key}"\n` });
		expect(asked[0]?.authorization).toBe(`Bearer ${key}`);
	});
	test('refuses before asking what can’t be a key, or none where one is needed', async () => {
		const { service, asked } = workshop();
		await expect(service.check({ ...anthropic, key: 'two words' })).rejects.toEqual(
			code('bad-key'),
		);
		await expect(service.check({ ...anthropic, key: '' })).rejects.toEqual(code('key-needed'));
		await expect(service.check({ ...anthropic, key: undefined })).rejects.toEqual(
			code('key-needed'),
		);
		await expect(service.check({ ...local, baseUrl: 'nonsense here' })).rejects.toEqual(
			code('bad-address'),
		);
		expect(asked).toEqual([]);
	});
	test('adds the models that were typed, and needs some where none are listed', async () => {
		const { service, fails } = workshop();
		const { models } = await service.check({ ...local, typedModels: [' m2', 'mine', 'mine', ''] });
		expect(models.map(({ id, source }) => [id, source])).toEqual([
			['m1', 'listed'],
			['m2', 'listed'],
			['mine', 'typed'],
		]);
		fails(404);
		expect((await service.check({ ...local, typedModels: ['mine'] })).models).toHaveLength(1);
		await expect(service.check(local)).rejects.toEqual(code('no-models'));
	});
});

describe('saving a connection', () => {
	test('keeps it with its key sealed, and makes the first one the default', async () => {
		const { db, service } = workshop();
		const { connectionId } = await service.save(anthropic);
		expect(await db.connections.toArray()).toMatchObject([
			{
				id: connectionId,
				name: 'Work',
				baseUrl: 'https://api.anthropic.com',
				keyHint: 'ghij',
				checkedAt: 42,
				createdAt: 42,
			},
		]);
		expect(await openKey(db, connectionId)).toBe(key);
		expect((await loadSettings(db)).defaultConnectionId).toBe(connectionId);
		expect(JSON.stringify(await db.connections.toArray())).not.toContain(key);
		await service.save(local);
		expect((await loadSettings(db)).defaultConnectionId).toBe(connectionId);
	});
	test('keeps nothing that did not answer', async () => {
		const { db, service, fails } = workshop();
		fails(401);
		await expect(service.save(anthropic)).rejects.toEqual(code('bad-key'));
		expect(await db.connections.count()).toBe(0);
	});
	test('changes one that exists, with its saved key unless told otherwise', async () => {
		const { db, service, asked } = workshop();
		const { connectionId: id } = await service.save(anthropic);
		const { key: _, ...rest } = anthropic;
		await service.save({ ...rest, id, name: 'Home' });
		expect(asked.at(-1)?.authorization).toBe(`Bearer ${key}`);
		expect(await db.connections.toArray()).toMatchObject([{ id, name: 'Home', keyHint: 'ghij' }]);
		await service.save({ ...rest, id, key: 'sk-ant-another-9876543210' });
		expect(await openKey(db, id)).toBe('sk-ant-another-9876543210');
	});
	test('never sends a saved key to a new address', async () => {
		const { service, asked } = workshop();
		const draft = { ...local, auth: 'bearer' as const };
		const { connectionId: id } = await service.save({ ...draft, key });
		const before = asked.length;
		await expect(service.save({ ...draft, id, baseUrl: 'https://evil.test' })).rejects.toEqual(
			code('key-needed'),
		);
		expect(asked).toHaveLength(before);
	});
	test('with an empty key forgets the saved one', async () => {
		const { db, service } = workshop();
		const { connectionId: id } = await service.save({ ...local, auth: 'bearer', key });
		await service.save({ ...local, auth: 'bearer', id, key: '' });
		expect(await openKey(db, id)).toBeNull();
		expect(await db.connections.get(id)).toMatchObject({ keyHint: null });
	});
	test('knows only one Practice, and asks nobody for it', async () => {
		const { db, service, asked } = workshop();
		const one = await service.save(practice);
		expect(await service.save(practice)).toEqual(one);
		expect(await db.connections.toArray()).toMatchObject([
			{
				kind: 'practice',
				name: 'Practice',
				keyHint: null,
				models: [{ id: 'practice-1' }, { id: 'practice-fast' }],
			},
		]);
		expect(asked).toEqual([]);
	});
});

describe('a saved connection', () => {
	test('is asked again with its key, and keeps typed models', async () => {
		const { db, service } = workshop();
		const { connectionId } = await service.save({ ...local, typedModels: ['mine'] });
		await db.connections.update(connectionId, { checkedAt: 1 });
		const { models } = await service.refresh({ connectionId });
		expect(models.map(({ id }) => id)).toEqual(['m1', 'm2', 'mine']);
		expect(await db.connections.get(connectionId)).toMatchObject({ checkedAt: 42 });
	});
	test('goes with its key, and hands the default on', async () => {
		const { db, service } = workshop();
		const { connectionId } = await service.save(anthropic);
		const other = await service.save(local);
		await service.delete({ connectionId });
		expect([await db.connections.count(), await db.secrets.count()]).toEqual([1, 0]);
		expect((await loadSettings(db)).defaultConnectionId).toBe(other.connectionId);
		await expect(service.refresh({ connectionId })).rejects.toEqual(code('no-connection'));
	});
	test('opens as a port; one that is gone does not', async () => {
		const { service, ports } = workshop();
		const { connectionId } = await service.save(practice);
		const port = await ports.open(connectionId);
		const messages = [
			{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi\n/practice fast' }] },
		];
		const events = await all({ port, request: { ...baseRequest, messages } });
		expect(events.at(-1)).toMatchObject({ type: 'end', stopReason: 'end_turn' });
		await expect(ports.open('nowhere')).rejects.toEqual(code('no-connection'));
	});
	test('with a key that can’t be opened any more says so', async () => {
		const { db, service, ports } = workshop();
		const { connectionId } = await service.save(anthropic);
		await db.settings.delete('deviceKey');
		await expect(ports.open(connectionId)).rejects.toEqual(code('locked-key'));
	});
});
