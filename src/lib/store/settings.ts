import { sharedSettings, type DeviceSettings } from '../domain/setting';
import type { MusterDb } from './db';
import { newId } from './ids';
import { taskOf } from './sync-task';

/** What holds until the person says otherwise. Each device gets its own id at its first start. */
export const defaultSettings: Omit<DeviceSettings, 'deviceId'> = {
	deviceName: 'This device',
	personName: 'You',
	workspaceName: 'My workspace',
	defaultConnectionId: null,
	display: 'extended',
	hiddenColumns: [],
	density: 'comfortable',
	savedViews: [],
	fetchedSessions: null,
	ticketPrefix: 'T',
	ticketView: 'board',
	notifications: false,
	prices: [],
};

/** Every setting of this device, with the defaults where nothing was said; `deviceId` is empty before the first start. */
export async function loadSettings(db: MusterDb): Promise<DeviceSettings> {
	const settings: DeviceSettings = { deviceId: '', ...defaultSettings };
	const keys = Object.keys(settings) as (keyof DeviceSettings)[];
	const records = await db.settings.bulkGet(keys);
	for (const record of records) if (record) Object.assign(settings, { [record.key]: record.value });
	return settings;
}

export async function loadSetting<K extends keyof DeviceSettings>(
	db: MusterDb,
	key: K,
): Promise<DeviceSettings[K]> {
	return (await loadSettings(db))[key];
}

/** Other devices hear of what is the workspace's, once there are any: whoever joins one takes over what is set there. */
export function saveSetting<K extends keyof DeviceSettings>(
	db: MusterDb,
	key: K,
	value: DeviceSettings[K],
): Promise<void> {
	return db.transaction('rw', [db.settings, db.membership, db.syncTasks], async () => {
		await db.settings.put({ key, value });
		if (!sharedSettings.some((one) => one === key)) return;
		if (await db.membership.get('this')) await db.syncTasks.put(taskOf('setting', key, Date.now()));
	});
}

/** This device's id, made now if this is its first start. Safe when several tabs start at once. */
export function ensureDeviceId(db: MusterDb): Promise<string> {
	return db.transaction('rw', db.settings, async () => {
		const known = await db.settings.get('deviceId');
		if (typeof known?.value === 'string' && known.value) return known.value;
		const value = newId();
		await db.settings.put({ key: 'deviceId', value });
		return value;
	});
}
