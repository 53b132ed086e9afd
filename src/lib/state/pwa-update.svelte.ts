/// <reference types="vite-plugin-pwa/vanillajs" />
import type { RegisterSWOptions } from 'vite-plugin-pwa/types';

type Register = (options: RegisterSWOptions) => (reloadPage?: boolean) => Promise<void>;

const checkEveryMs = 60 * 60 * 1000;

const fromPlugin = async (): Promise<Register> => (await import('virtual:pwa-register')).registerSW;

/**
 * The installed app's service worker: registers it, and knows when a new version waits.
 * Nothing is replaced until `apply()`, so a running session is never cut by an update.
 */
export class PwaUpdate {
	#updateReady = $state(false);
	#offlineReady = $state(false);
	#activate: (reloadPage?: boolean) => Promise<void> = async () => undefined;
	#registration: ServiceWorkerRegistration | null = null;
	readonly #reload: () => void;

	constructor(reload = () => location.reload()) {
		this.#reload = reload;
	}

	/** A new version is downloaded and waits for `apply()`. */
	get updateReady() {
		return this.#updateReady;
	}

	/** The whole app has just been stored on this device, for the first time. */
	get offlineReady() {
		return this.#offlineReady;
	}

	/**
	 * Registers the service worker and looks for a new version every hour, and when the network
	 * comes back. Does nothing where service workers are missing (plain http, private windows).
	 * @param load gives the function that registers
	 * @returns stops looking
	 */
	async start(load = fromPlugin): Promise<() => void> {
		if (!('serviceWorker' in navigator)) return () => undefined;
		const register = await load();
		let stop = () => undefined as void;
		this.#activate = register({
			immediate: true,
			onNeedRefresh: () => this.#offer(),
			onNeedReload: () => this.#reload(),
			onOfflineReady: () => (this.#offlineReady = true),
			onRegisteredSW: (_url, registration) => {
				if (!registration) return;
				this.#registration = registration;
				// One that has been waiting since an earlier visit.
				if (registration.waiting) this.#offer();
				stop = lookAgain(registration);
			},
		});
		return () => stop();
	}

	/** Takes the waiting version: every open tab reloads, and sessions go on from their log. */
	async apply(): Promise<void> {
		const waiting = this.#registration?.waiting;
		// A page that no worker controls hears of no change of its controller, but of this.
		waiting?.addEventListener('statechange', () => {
			if (waiting.state === 'activated') this.#reload();
		});
		await this.#activate(true);
		// It had nobody to wait for, and has taken over already.
		if (this.#registration && !waiting) this.#reload();
	}

	#offer(): void {
		if (this.#updateReady) return;
		this.#updateReady = true;
		// Taken in any tab. The plugin reloads only pages that had a worker when they were opened.
		navigator.serviceWorker.addEventListener('controllerchange', () => this.#reload(), {
			once: true,
		});
	}
}

function lookAgain(registration: ServiceWorkerRegistration): () => void {
	const look = () => {
		// Offline or a server in the middle of a change: the next look will do.
		if (navigator.onLine) registration.update().catch(() => undefined);
	};
	const timer = setInterval(look, checkEveryMs);
	addEventListener('online', look);
	return () => {
		clearInterval(timer);
		removeEventListener('online', look);
	};
}
