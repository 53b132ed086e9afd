/** How tickets are spoken of, on the screen and to a model. */
import type { TicketPriority, TicketType } from './ticket';

export const typeLabel: Readonly<Record<TicketType, string>> = {
	feature: 'Feature',
	bug: 'Bug',
	task: 'Task',
	research: 'Research',
	documentation: 'Documentation',
	refactor: 'Refactor',
	epic: 'Epic',
};

export const priorityLabel: Readonly<Record<TicketPriority, string>> = {
	critical: 'Critical',
	high: 'High',
	medium: 'Medium',
	low: 'Low',
};
