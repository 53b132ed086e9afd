import { OPENED_CHANNEL } from '../domain/opened';

/** Tells the active worker that somebody looks at a session. */
export function tellOpened(sessionId: string): void {
	const channel = new BroadcastChannel(OPENED_CHANNEL);
	channel.postMessage(sessionId);
	channel.close();
}
