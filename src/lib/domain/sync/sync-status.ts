/** How this device stands with its relay, for the page to say. docs/sync.md §9 */

export type RelayStanding =
	| { is: 'connecting' }
	| { is: 'online' }
	/** Cut off; tries again at `until`, epoch ms. */
	| { is: 'waiting'; until: number }
	/** Until somebody does something about it. `code` as in docs/sync.md [7.3]. */
	| { is: 'stopped'; code: number; reason: string };

/** Another device that is there now. */
export interface PresentDevice {
	/** Id on the roster. */
	id: string;
	/** Sessions that are at work there. */
	runs: string[];
}

export interface SyncStatus {
	id: 'this';
	relay: RelayStanding;
	/** Documents with changes that the relay has not confirmed. */
	unconfirmed: number;
	/** When all there was was confirmed last, epoch ms; null: never yet. */
	syncedAt: number | null;
	/** Sessions whose logs are still to come. */
	missing: number;
	/** Batches that can't be read here. */
	unread: number;
	/** Who else is there now. */
	present: PresentDevice[];
	/** When this was written, epoch ms. */
	at: number;
}

/** What the screen says. */
export type SyncSaying =
	| { says: 'saved' }
	| { says: 'waiting'; changes: number }
	| { says: 'synced'; at: number }
	| { says: 'offline'; changes: number }
	| { says: 'not-authorised' }
	| { says: 'not-admitted' }
	| { says: 'update-needed'; of: 'app' | 'relay' }
	| { says: 'full'; reason: string }
	| { says: 'fault'; reason: string };

/** `null`: this device syncs with nobody. `online`: the browser has a network. */
export function sayingOf(status: SyncStatus | null, online: boolean): SyncSaying {
	if (!status) return { says: 'saved' };
	const { relay, unconfirmed: changes, syncedAt } = status;
	switch (relay.is) {
		case 'stopped':
			return sayingOfClosing(relay);
		case 'waiting':
			return online ? { says: 'waiting', changes } : { says: 'offline', changes };
		case 'connecting':
			return online ? { says: 'waiting', changes } : { says: 'offline', changes };
		case 'online':
			return changes > 0 || syncedAt === null
				? { says: 'waiting', changes }
				: { says: 'synced', at: syncedAt };
	}
}

function sayingOfClosing({ code, reason }: { code: number; reason: string }): SyncSaying {
	switch (code) {
		case 4401:
			return { says: 'not-authorised' };
		case 4403:
			return { says: 'not-admitted' };
		case 4406:
			return { says: 'update-needed', of: isOlder(reason) ? 'relay' : 'app' };
		case 4413:
			return { says: 'full', reason };
		default:
			return { says: 'fault', reason };
	}
}

/** `relay speaks <min>-<max>`: below what this app speaks? docs/sync.md [2.2] */
function isOlder(reason: string): boolean {
	const highest = /-(\d+)$/.exec(reason)?.[1];
	return highest !== undefined && Number(highest) < 1;
}
