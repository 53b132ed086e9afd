import type { TicketPort } from '../../src/worker/tools/ticket-port';

/** For tools that have nothing to do with tickets: there are none. */
export const noTickets: TicketPort = {
	all: () => Promise.resolve(new Map()),
	change: () => Promise.resolve(null),
	newId: () => 't1',
};
