import type { Command, CommandRecord } from '../domain/command';
import type { Failure, Person } from '../domain/log/event';
import type { EngineApi, EngineAsk } from '../domain/rpc';
import type { DeviceSettings } from '../domain/setting';
import { commandById, sendCommand } from '../store/commands';
import { MusterDb } from '../store/db';
import { newId } from '../store/ids';
import { observe } from '../store/live';
import { openFailure } from '../store/open-failure';
import { loadSettings, saveSetting } from '../store/settings';
import { EngineClient } from './engine-client';
import { tellInUse } from './in-use';
import { LiveQuery } from './live-query.svelte';
import { hearTrouble } from './trouble';
import { shownDatabase } from './workspace-choice';

/**
 * What every screen shares: the database, this device's settings and the way to the engine. One per page,
 * started by the layout; screens read through {@link LiveQuery}, and change things by sending commands.
 */
export class App {
	readonly db = new MusterDb(shownDatabase);
	/** Set when the database cannot be opened or the engine has stopped: what happened and what to do. */
	trouble = $state.raw<Failure | null>(null);

	#settings = $state.raw<DeviceSettings | null>(null);
	#engine: EngineClient | null = null;

	/** This device's settings; undefined fields never occur, null only before the first read. */
	get settings(): DeviceSettings | null {
		return this.#settings;
	}

	/** Opens the store and starts the worker. Returns the stop. */
	start(): () => void {
		const stop = observe(
			() => loadSettings(this.db),
			(settings) => (this.#settings = settings),
			(error) => (this.trouble = openFailure(error)),
		);
		const deaf = hearTrouble((failure) => (this.trouble = failure));
		this.#engine = new EngineClient((failure) => (this.trouble = failure));
		const online = () => void this.ask('back-online', {});
		addEventListener('online', online);
		const stopTelling = tellInUse();
		return () => {
			removeEventListener('online', online);
			stopTelling();
			stop();
			deaf();
			this.#engine?.stop();
		};
	}

	/** Writes a command for the engine; resolves with its id once it is stored, not once it is carried out. */
	async send(command: Command, sessionId: string | null = null): Promise<string> {
		const id = newId();
		const record: CommandRecord = {
			id,
			sessionId,
			at: Date.now(),
			by: this.person(),
			command: plain(command),
			state: 'sent',
		};
		await sendCommand(this.db, record);
		return id;
	}

	/** Sends a command and waits until the engine has applied or refused it. */
	async carryOut(command: Command, sessionId: string | null = null): Promise<CommandRecord> {
		return this.outcome(await this.send(command, sessionId));
	}

	/** Waits until the engine has applied or refused a command. */
	outcome(id: string): Promise<CommandRecord> {
		return new Promise((resolve, reject) => {
			const stop = observe(
				() => commandById(this.db, id),
				(record) => {
					if (record?.state !== 'applied' && record?.state !== 'refused') return;
					queueMicrotask(() => stop());
					resolve(record);
				},
				reject,
			);
		});
	}

	/** Asks this tab's worker. Throws `EngineFailure`, whose `failure` is fit to be shown. */
	ask<K extends EngineAsk>(ask: K, value: EngineApi[K]['ask']): Promise<EngineApi[K]['answer']> {
		if (!this.#engine) throw new Error('The app has not been started');
		return this.#engine.ask(ask, plain(value));
	}

	set<K extends keyof DeviceSettings>(key: K, value: DeviceSettings[K]): Promise<void> {
		return saveSetting(this.db, key, plain(value));
	}

	live<T>(query: (db: MusterDb) => T | Promise<T>): LiveQuery<T> {
		return new LiveQuery(() => query(this.db));
	}

	newId(): string {
		return newId();
	}

	person(): Person {
		return {
			kind: 'person',
			name: this.#settings?.personName ?? 'You',
			device: this.#settings?.deviceId ?? '',
			deviceName: this.#settings?.deviceName ?? 'This device',
		};
	}
}

/** A copy that can be stored and posted, whatever of it was a state proxy. */
function plain<T>(value: T): T {
	return $state.snapshot(value as unknown) as T;
}

export const app = new App();
