import type { TicketStatus, TicketType } from '$lib/domain/tickets/ticket';
import type { IconName } from '../shared/icon-paths';

export const typeIcon: Readonly<Record<TicketType, IconName>> = {
	feature: 'plus',
	bug: 'bug',
	task: 'check',
	research: 'flask',
	documentation: 'doc',
	refactor: 'hammer',
	epic: 'box',
};

export const ticketStatusIcon: Readonly<Record<TicketStatus, IconName>> = {
	backlog: 's-queued',
	planned: 's-idle',
	'in-progress': 's-half',
	'in-review': 'eye',
	done: 's-completed',
	cancelled: 's-cancelled',
};
