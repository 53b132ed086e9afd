import type { SyncSaying } from './sync-status';

/** What it means, and what to do about it. */
export function syncAdvice(saying: SyncSaying): string {
	switch (saying.says) {
		case 'saved':
			return 'Everything is kept on this device, and nowhere else.';
		case 'waiting':
			return 'Everything is saved on this device. It goes to the others once the relay has confirmed it.';
		case 'synced':
			return 'The relay has confirmed everything from this device, and this device has everything from the relay.';
		case 'offline':
			return 'Everything is saved on this device. It goes to the others once this device is online.';
		case 'not-authorised':
			return 'The relay does not know this device any more: it was removed. What it has stays here. To sync again, leave the workspace and join it by a new link.';
		case 'not-admitted':
			return 'This relay takes no workspace from you. Ask whoever runs it. Everything is saved on this device.';
		case 'update-needed':
			return saying.of === 'app'
				? 'The relay is newer than this app. Reload to update it.'
				: 'The relay is older than this app. Whoever runs it has to update it.';
		case 'full':
			return `The relay has no room for more (${saying.reason}). Everything is saved on this device. Whoever runs it can raise its limits.`;
		case 'fault':
			return `The relay has closed the connection (${saying.reason || 'without a reason'}). Everything is saved on this device. Reload to try again.`;
	}
}
