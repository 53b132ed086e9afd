import { expect, test } from 'vitest';
import { StorageState } from './storage.svelte';

function manager(answers: { persisted: boolean; grants: boolean }) {
	return {
		estimate: async () => ({ usage: 2_000, quota: 10_000 }),
		persisted: async () => answers.persisted,
		persist: async () => (answers.persisted = answers.grants),
	} as StorageManager;
}

test('usage is unknown until the browser has answered', async () => {
	const storage = new StorageState(manager({ persisted: false, grants: true }));
	expect([storage.usage, storage.quota, storage.persistence]).toEqual([null, null, 'unknown']);
	await storage.refresh();
	expect([storage.usage, storage.quota, storage.persistence]).toEqual([2_000, 10_000, 'not-asked']);
});

test('a granted request makes the storage persistent', async () => {
	const storage = new StorageState(manager({ persisted: false, grants: true }));
	await storage.persist();
	expect(storage.persistence).toBe('persistent');
});

test('a refusal is remembered, and does not read as never asked', async () => {
	const storage = new StorageState(manager({ persisted: false, grants: false }));
	await storage.persist();
	await storage.refresh();
	expect(storage.persistence).toBe('refused');
});

test('a browser without the feature is said to lack it', async () => {
	const storage = new StorageState(undefined);
	await storage.persist();
	expect(storage.persistence).toBe('unsupported');
});
