/** The six statuses of a session, and no others. */
export type Status =
	'running' | 'completed' | 'failed' | 'cancelled' | 'waiting' | 'waiting-permission';

export const statusLabel: Record<Status, string> = {
	running: 'Running',
	completed: 'Completed',
	failed: 'Failed',
	cancelled: 'Cancelled',
	waiting: 'Waiting',
	'waiting-permission': 'Waiting permission',
};
