import { deviceInSentence } from '../domain/device-name';
import { app } from './app.svelte';
import { sync } from './sync.svelte';

/** A device in the middle of a sentence, as seen from this one. */
export function deviceWords(one: { device: string; deviceName: string }): string {
	return deviceInSentence(one, app.settings?.deviceId, (device) => sync.nameOf(device));
}
