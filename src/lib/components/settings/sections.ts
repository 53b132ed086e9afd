import type { IconName } from '../shared/icon-paths';

export interface SettingsPlace {
	id: string;
	label: string;
	icon: IconName;
}

/** Parts of the settings, in their order; each has the address /settings/<id>. */
export const settingsPlaces = [
	{ id: 'connections', label: 'Connections', icon: 'server' },
	{ id: 'appearance', label: 'Appearance', icon: 'eye' },
	{ id: 'you', label: 'You and this device', icon: 'person' },
	{ id: 'workspaces', label: 'Workspaces', icon: 'box' },
	{ id: 'devices', label: 'Devices', icon: 'devices' },
	{ id: 'notifications', label: 'Notifications', icon: 'bell' },
	{ id: 'storage', label: 'Storage', icon: 'box' },
	{ id: 'data', label: 'Import and export', icon: 'export' },
	{ id: 'prices', label: 'Prices', icon: 'tag' },
	{ id: 'keyboard', label: 'Keyboard', icon: 'cmd' },
	{ id: 'about', label: 'About', icon: 'doc' },
] as const satisfies readonly SettingsPlace[];

export type SettingsPlaceId = (typeof settingsPlaces)[number]['id'];

export const settingsHref = (id: SettingsPlaceId): string => `/settings/${id}`;
