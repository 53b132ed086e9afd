import type { ActivityType, Tone } from '$lib/domain/views/activity-words';
import type { IconName } from '../../shared/icon-paths';

export const typeLabel: Record<ActivityType, string> = {
	run: 'Start and end',
	message: 'Messages',
	turn: 'Turns',
	tool: 'Tools',
	permission: 'Permissions',
	question: 'Questions',
	retry: 'Retries',
	warning: 'Warnings',
	error: 'Errors',
	runner: 'Devices',
	settings: 'Settings',
	filing: 'Filing',
	output: 'Outputs',
};

export const typeIcon: Record<ActivityType, IconName> = {
	run: 'flag',
	message: 'chat',
	turn: 'chip',
	tool: 'terminal',
	permission: 'shieldcheck',
	question: 'chat',
	retry: 'refresh',
	warning: 's-failed',
	error: 's-failed',
	runner: 'devices',
	settings: 'settings',
	filing: 'archive',
	output: 'doc',
};

/** Icons of entries whose end is known; null: the type's own. */
export const toneIcon: Record<Tone, IconName | null> = {
	plain: null,
	running: 's-running',
	completed: null,
	failed: 's-failed',
	cancelled: 's-cancelled',
	waiting: null,
	permission: 's-permission',
};
