import { app } from './app.svelte';
import { loadPart } from './load-part';

export type Allowance = 'granted' | 'denied' | 'default' | 'unsupported';

/** Whether this device tells of requests while the app is not in front, and whether the browser lets it. */
class Notifying {
	#allowed = $state<Allowance>(allowance());

	get allowed(): Allowance {
		return this.#allowed;
	}

	/** Asked for here, and allowed by the browser. */
	get on(): boolean {
		return this.#allowed === 'granted' && app.settings?.notifications === true;
	}

	/** Turned on by a press of a button: only then may the browser be asked. */
	async turnOn(): Promise<void> {
		if (this.#allowed === 'default') await Notification.requestPermission();
		this.#allowed = allowance();
		if (this.#allowed === 'granted') await app.set('notifications', true);
	}

	turnOff(): Promise<void> {
		return app.set('notifications', false);
	}

	/** Call it in an effect: looks again what the browser allows, and tells of requests while it is on. */
	run(): () => void {
		let stop: (() => void) | null = null;
		let stopped = !this.on;
		if (this.on)
			void loadPart(() => import('./notices')).then((part) => {
				if (!stopped) stop = part?.tellOfRequests() ?? null;
			});
		return () => {
			stopped = true;
			stop?.();
		};
	}

	/** People change their mind in the browser's own settings. */
	look(): void {
		this.#allowed = allowance();
	}
}

function allowance(): Allowance {
	// Shown by the service worker, which has to be there: a page of its own cannot on every device.
	if (!('Notification' in globalThis) || !('serviceWorker' in navigator)) return 'unsupported';
	return Notification.permission;
}

export const notifying = new Notifying();
