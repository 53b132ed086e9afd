import type { SyncStatus } from '../domain/sync/sync-status';
import { allDevices, loadMembership, loadSyncStatus } from '../store/membership';
import { app } from './app.svelte';

/** Whether this workspace is shared with other devices, and how that goes. */
class Sync {
	#shared = app.live(async (db) => {
		const membership = await loadMembership(db);
		return membership && { workspace: membership.workspace, relay: membership.relay };
	});
	#status = app.live(async (db) => ({ status: await loadSyncStatus(db) }));
	#roster = app.live(async (db) => ({
		length: (await loadMembership(db))?.roster.length ?? 0,
		cards: await allDevices(db),
	}));

	/** Undefined until the store has answered; null: with nobody. */
	get shared(): { workspace: string; relay: string } | null | undefined {
		return this.#shared.current;
	}

	/** Another one whenever devices have come, gone, or said what they are called. */
	get roster(): object | undefined {
		return this.#roster.current;
	}

	/** The other devices can see all there is here: the relay has confirmed it. */
	get isTold(): boolean {
		return this.status?.relay.is === 'online' && this.status.unconfirmed === 0;
	}

	/** What is at work on another device of the workspace, by its id on the roster; undefined: it is not there now. */
	runsOf(id: string): readonly string[] | undefined {
		return this.status?.present.find((one) => one.id === id)?.runs;
	}

	/**
	 * Whether a device, by the id that logs name it by, is there now. Null: nobody can say, as while this one is
	 * offline.
	 */
	isThere(device: string): boolean | null {
		if (this.status?.relay.is !== 'online') return null;
		const card = this.#roster.current?.cards.find((one) => one.device === device);
		return card ? this.runsOf(card.id) !== undefined : null;
	}

	/** What a device is called now, by the id that logs name it by, if it belongs to the workspace. */
	nameOf(device: string): string | undefined {
		return this.#roster.current?.cards.find((one) => one.device === device)?.name;
	}

	get status(): SyncStatus | null {
		return this.shared ? (this.#status.current?.status ?? null) : null;
	}
}

export const sync = new Sync();
