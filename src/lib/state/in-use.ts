import { IN_USE_CHANNEL, TELL_EVERY_MS } from '../domain/in-use';

/** What people do at a page. */
const DEEDS = ['pointerdown', 'click', 'keydown', 'wheel', 'scroll', 'touchmove'];

/** Tells the workers of this device when somebody is at this page. Returns the end of it. */
export function tellInUse(): () => void {
	const channel = new BroadcastChannel(IN_USE_CHANNEL);
	let told = -Infinity;
	const tell = ({ timeStamp }: Event) => {
		if (timeStamp - told < TELL_EVERY_MS) return;
		told = timeStamp;
		channel.postMessage(null);
	};
	const how = { capture: true, passive: true };
	for (const deed of DEEDS) addEventListener(deed, tell, how);
	return () => {
		for (const deed of DEEDS) removeEventListener(deed, tell, how);
		channel.close();
	};
}
