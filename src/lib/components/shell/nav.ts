import type { IconName } from '../shared/icon-paths';

export type PlaceId =
	| 'home'
	| 'tickets'
	| 'automations'
	| 'agents'
	| 'chat'
	| 'runs'
	| 'inbox'
	| 'activity'
	| 'settings';

export interface Place {
	id: PlaceId;
	label: string;
	/** On the tab bar, where a word must do. */
	short: string;
	href: string;
	icon: IconName;
	/** Fixed for good: a place that is not ready leaves a gap, not another number. */
	keys: readonly string[];
	/** Whether it works; the others are not shown. */
	ready: boolean;
	/** Position on the tab bar, if it stands there. */
	tab?: number;
}

// Ctrl with a digit also works on a Mac, where browsers keep Cmd with a digit for their own tabs.
const digit = (n: number) => [`mod+${n}`, `ctrl+${n}`];

/** Where one can go, in the order of the sidebar. */
export const places: readonly Place[] = [
	{
		id: 'home',
		label: 'Home',
		short: 'Home',
		href: '/',
		icon: 'home',
		keys: [...digit(1), 'g h'],
		ready: true,
		tab: 1,
	},
	{
		id: 'tickets',
		label: 'Tickets',
		short: 'Tickets',
		href: '/tickets',
		icon: 'ticket',
		keys: [...digit(2), 'g t'],
		ready: true,
		tab: 4,
	},
	{
		id: 'automations',
		label: 'Automations',
		short: 'Automations',
		href: '/automations',
		icon: 'bolt',
		keys: digit(3),
		ready: false,
	},
	{
		id: 'agents',
		label: 'Agents',
		short: 'Agents',
		href: '/agents',
		icon: 'agent',
		keys: [...digit(4), 'g a'],
		ready: true,
	},
	{
		id: 'chat',
		label: 'Chat',
		short: 'Chat',
		href: '/chat',
		icon: 'chat',
		keys: [...digit(5), 'g c'],
		ready: true,
	},
	{
		id: 'runs',
		label: 'Agent Runs',
		short: 'Runs',
		href: '/runs',
		icon: 'runs',
		keys: [...digit(6), 'g r'],
		ready: true,
		tab: 2,
	},
	{
		id: 'inbox',
		label: 'Inbox',
		short: 'Inbox',
		href: '/inbox',
		icon: 'inbox',
		keys: [...digit(7), 'g i'],
		ready: true,
		tab: 3,
	},
	{
		id: 'activity',
		label: 'Activity',
		short: 'Activity',
		href: '/activity',
		icon: 'activity',
		keys: digit(8),
		ready: true,
	},
	{
		id: 'settings',
		label: 'Settings',
		short: 'Settings',
		href: '/settings',
		icon: 'settings',
		keys: ['mod+comma'],
		ready: true,
	},
];

export const readyPlaces = places.filter((place) => place.ready);

export const tabPlaces = readyPlaces
	.filter((place) => place.tab !== undefined)
	.sort((a, b) => (a.tab ?? 0) - (b.tab ?? 0));

/** Behind "More" on the tab bar. */
export const otherPlaces = readyPlaces.filter((place) => place.tab === undefined);

/** Where they are listed. */
export const MORE = '/more';

/** The place a path belongs to: "/runs/01J…" is in Agent Runs. */
export function placeOf(pathname: string): PlaceId | undefined {
	return places.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`))?.id;
}
