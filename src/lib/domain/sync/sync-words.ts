import { formatClock } from '../format';
import type { SyncSaying } from './sync-status';

/** What the screen says of sync, in a few words. docs/sync.md §9 */
export function syncWords(saying: SyncSaying): string {
	switch (saying.says) {
		case 'saved':
			return 'Saved on this device';
		case 'waiting':
			return `Waiting for the relay${changed(saying.changes)}`;
		case 'synced':
			return `Synced at ${formatClock(saying.at)}`;
		case 'offline':
			return `Offline${changed(saying.changes)}`;
		case 'not-authorised':
			return 'Not authorised';
		case 'not-admitted':
			return 'Not admitted';
		case 'update-needed':
			return 'Update needed';
		case 'full':
			return 'The relay is full';
		case 'fault':
			return 'Sync has stopped';
	}
}

const changed = (n: number): string => (n === 0 ? '' : ` (${n} ${n === 1 ? 'change' : 'changes'})`);
