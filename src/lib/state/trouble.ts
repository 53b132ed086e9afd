import type { Failure } from '../domain/log/event';
import { LIVE_CHANNEL, type LiveMessage } from '../domain/live';

/** Hears from the active worker, whichever tab it is in, what stands in its way. Returns the stop. */
export function hearTrouble(heard: (failure: Failure | null) => void): () => void {
	const channel = new BroadcastChannel(LIVE_CHANNEL);
	channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => {
		if (data.type === 'trouble') heard(data.failure);
	};
	return () => channel.close();
}
