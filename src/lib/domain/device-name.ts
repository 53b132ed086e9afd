/** What a device is called until somebody names it: no proper name, and of itself alone. */
const UNNAMED = 'This device';

/** A device's name in the middle of a sentence. */
export function inSentence(deviceName: string): string {
	return deviceName === UNNAMED ? 'this device' : deviceName;
}

/**
 * The same for a device by the id that logs name it by, seen from the one with the id `own`: what another one wrote
 * before it had a name, it did not do here. `nameNow`: what the others of the workspace are called now.
 */
export function deviceInSentence(
	{ device, deviceName }: { device: string; deviceName: string },
	own: string | undefined,
	nameNow: (device: string) => string | undefined,
): string {
	if (deviceName !== UNNAMED || own === undefined || device === own) return inSentence(deviceName);
	return nameNow(device) ?? 'another device';
}
