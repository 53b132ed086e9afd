import type { Failure } from '../domain/log/event';
import { liveChannel, type LiveMessage } from '../domain/live';
import { shownDatabase } from './workspace-choice';

/** Hears from the active worker, whichever tab it is in, what stands in its way. Returns the stop. */
export function hearTrouble(heard: (failure: Failure | null) => void): () => void {
	const channel = new BroadcastChannel(liveChannel(shownDatabase));
	channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => {
		if (data.type === 'trouble') heard(data.failure);
	};
	return () => channel.close();
}
