import type { FilterName, ListTime } from '$lib/domain/views/list-query';
import { isStatus } from '$lib/domain/views/list-query';
import { statusLabel } from '$lib/domain/status';
import { tickets } from '$lib/state/tickets.svelte';
import { effortLabel } from '../shared/effort';

export const filterLabel: Record<FilterName, string> = {
	agent: 'Agent',
	status: 'Status',
	ticket: 'Ticket',
	mode: 'Mode',
	effort: 'Effort',
	label: 'Label',
};

export const timeLabel: Record<ListTime, string> = {
	today: 'Today',
	week: 'This week',
	month: 'This month',
	all: 'All',
};

/** How a value of a filter is written; `agentName` where it is known. */
export function valueLabel(name: FilterName, value: string, agentName = ''): string {
	switch (name) {
		case 'agent':
			return agentName || 'Unknown agent';
		case 'status':
			return isStatus(value) ? statusLabel[value] : value;
		case 'ticket':
			return tickets.nameOf(value) || value;
		case 'mode':
			return value.charAt(0).toUpperCase() + value.slice(1);
		case 'effort':
			return effortLabel(value);
		case 'label':
			return value;
	}
}
