import type { Membership } from '$lib/domain/sync/membership';
import { passCommandOn } from '$lib/store/commands';
import type { MusterDb } from '$lib/store/db';
import { observe } from '$lib/store/live';
import { loadMembership } from '$lib/store/membership';
import { lazily } from '../connections/lazily';
import type { Elsewhere } from '../engine/elsewhere';
import type { Supervisor } from '../engine/supervisor';
import type { Journal } from '../journal/journal';
import type { SyncService } from './sync-service';

export interface SyncSwitchParts {
	db: MusterDb;
	/** Id of this device, as logs name it. */
	device: string;
	failed(error: unknown): void;
}

/**
 * Syncs for as long as this device belongs to a workspace that others share, and loads what that takes only then. Of all
 * workers of a device, the active one has it.
 */
export class SyncSwitch implements Elsewhere {
	#parts: SyncSwitchParts;
	#engine: { journal: Journal; supervisor: Supervisor } | null = null;
	#workspace: string | null = null;
	#service: SyncService | null = null;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(parts: SyncSwitchParts) {
		this.#parts = parts;
	}

	/** Before the engine runs anything: whether sessions may be another device's. */
	async look(): Promise<void> {
		this.#workspace = (await loadMembership(this.#parts.db))?.workspace ?? null;
	}

	start(engine: { journal: Journal; supervisor: Supervisor }): void {
		this.#engine = engine;
		const { db, failed } = this.#parts;
		let known: string | null = null;
		observe(
			() => loadMembership(db),
			(membership) => {
				// What else changes of a membership is the roster, which comes by the service itself.
				const now =
					membership && `${membership.workspace} ${membership.device.id} ${membership.relay}`;
				if (now === known) return;
				known = now;
				this.#change(membership);
			},
			failed,
		);
	}

	isOther(device: string): boolean {
		return device !== this.#parts.device;
	}

	get isShared(): boolean {
		return this.#workspace !== null;
	}

	async pass(record: { id: string }): Promise<void> {
		await passCommandOn(this.#parts.db, record.id);
	}

	online(): void {
		this.#service?.online();
	}

	/** Somebody looks at a session. */
	opened(sessionId: string): void {
		this.#service?.opened(sessionId);
	}

	/** A session was written to here. */
	wrote(sessionId: string): void {
		this.#service?.wrote(sessionId);
	}

	#change(membership: Membership | null): void {
		this.#turn = this.#turn
			.then(async () => {
				await this.#service?.stop();
				this.#service = null;
				this.#workspace = membership?.workspace ?? null;
				if (membership) this.#service = await this.#begin(membership);
			})
			.catch((error: unknown) => this.#parts.failed(error));
	}

	async #begin(membership: Membership): Promise<SyncService | null> {
		const { db, failed } = this.#parts;
		if (!this.#engine) return null;
		const { journal, supervisor } = this.#engine;
		const { SyncService: Service } = await lazily(() => import('./sync-service'));
		return Service.start({
			db,
			journal,
			membership,
			engine: {
				heard: (id) => supervisor.heard(id),
				moved: (id) => supervisor.moved(id),
				released: (id) => supervisor.released(id),
			},
			renewed: () => void loadMembership(db).then((now) => this.#change(now), failed),
			failed,
		});
	}
}
