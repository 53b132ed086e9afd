import { IN_USE_CHANNEL, IN_USE_MS } from '$lib/domain/in-use';

/** Whether somebody is at a page of this device just now. */
export function watchInUse(): () => boolean {
	let last = -Infinity;
	new BroadcastChannel(IN_USE_CHANNEL).onmessage = () => (last = performance.now());
	return () => performance.now() - last < IN_USE_MS;
}
