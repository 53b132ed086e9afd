import { expect, test } from 'vitest';
import { MusterDb } from './db';
import { newId } from './ids';
import {
	defaultSettings,
	ensureDeviceId,
	loadSetting,
	loadSettings,
	saveSetting,
} from './settings';

const fresh = () => new MusterDb(`settings-${newId()}`);

test('what was never said has its default', async () => {
	expect(await loadSettings(fresh())).toEqual({ deviceId: '', ...defaultSettings });
});
test('what was said holds, and everything else keeps its default', async () => {
	const db = fresh();
	await saveSetting(db, 'display', 'focus');
	await saveSetting(db, 'personName', 'Mara');
	expect(await loadSettings(db)).toMatchObject({
		display: 'focus',
		personName: 'Mara',
		prices: [],
	});
	expect(await loadSetting(db, 'display')).toBe('focus');
});
test('other things kept beside the settings are none of them', async () => {
	const db = fresh();
	await db.settings.put({ key: 'deviceKey', value: 'secret' });
	expect(JSON.stringify(await loadSettings(db))).not.toContain('secret');
});
test('a device gets its id once, however many tabs start at once', async () => {
	const db = fresh();
	const ids = await Promise.all([ensureDeviceId(db), ensureDeviceId(db), ensureDeviceId(db)]);
	expect(new Set(ids).size).toBe(1);
	expect(await loadSetting(db, 'deviceId')).toBe(ids[0]);
});
