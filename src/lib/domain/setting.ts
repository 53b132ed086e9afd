/** Columns of the runs list beside the agent and the title, which are always there. */
export const listColumns = ['status', 'started', 'duration', 'ticket', 'effort', 'mode'] as const;
export type ListColumn = (typeof listColumns)[number];

/** Settings that all devices of a workspace have in common. All others are a device's own. */
export const sharedSettings = ['workspaceName', 'ticketPrefix'] as const;
export type SharedSetting = (typeof sharedSettings)[number];

/** Settings of this device, by key. */
export interface DeviceSettings {
	/** ULID, made at the first start. */
	deviceId: string;
	deviceName: string;
	/** How the person is called in sessions. */
	personName: string;
	workspaceName: string;
	defaultConnectionId: string | null;
	/** How much of a session's Messages tab is shown. */
	display: 'extended' | 'compact' | 'focus';
	/** Columns of the runs list that are not shown, and how high its rows are. */
	hiddenColumns: ListColumn[];
	density: 'comfortable' | 'compact';
	/** Lists of runs that were given a name; `search` is the query of their address. */
	savedViews: { name: string; search: string }[];
	/** Of how many sessions, the newest, the whole log is fetched from other devices; null: of all. */
	fetchedSessions: number | null;
	/** In front of the number of a new ticket: "T" gives T-001. */
	ticketPrefix: string;
	/** How the tickets were shown last. */
	ticketView: 'board' | 'list';
	/** Tells of requests by notifications of the system, where the browser allows it. */
	notifications: boolean;
	/** Price rows the user added or corrected, laid over the built-in list. */
	prices: PriceRow[];
}

/** USD per million tokens, for models whose id starts with `model`. Dated, because prices change. */
export interface PriceRow {
	model: string;
	input: number;
	output: number;
	cacheWrite5m: number;
	cacheWrite1h: number;
	cacheRead: number;
	/** Prompt size up to which the row holds, tokens; absent: any. */
	upToPrompt?: number;
	/** First and last day the price holds (ISO dates); `to` absent: still. */
	from: string;
	to?: string;
	source: string;
	checkedAt: string;
}
