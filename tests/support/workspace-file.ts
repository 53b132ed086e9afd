/** Workspace files in memory, and what a whole import or export comes to. */
import type { TransferStep, TransferWish } from '../../src/lib/domain/import/transfer';
import type { MusterDb } from '../../src/lib/store/db';
import { TransferDesk } from '../../src/worker/transfer/transfer-desk';

export const NOW = Date.UTC(2026, 6, 20);

export function fileOf(bytes: Uint8Array<ArrayBuffer>, name = 'workspace.muster'): File {
	return new File([bytes], name);
}

/** To its last step. */
export async function transferred(db: MusterDb, wish: TransferWish): Promise<TransferStep> {
	const desk = new TransferDesk(db, () => NOW);
	const { job } = await desk.begin(wish);
	for (;;) {
		const step = await desk.step({ job });
		if (step.is !== 'working') return step;
	}
}

export const check = (db: MusterDb, ...files: File[]) => transferred(db, { do: 'check', files });
export const merge = (db: MusterDb, ...files: File[]) => transferred(db, { do: 'merge', files });

export async function exported(db: MusterDb): Promise<Uint8Array<ArrayBuffer>> {
	const desk = new TransferDesk(db, () => NOW);
	const { job } = await desk.begin({ do: 'export' });
	const parts: Uint8Array<ArrayBuffer>[] = [];
	for (;;) {
		const step = await desk.step({ job });
		if ('bytes' in step) parts.push(...step.bytes);
		if (step.is === 'exported') return new Uint8Array(await new Blob(parts).arrayBuffer());
		if (step.is !== 'working') throw new Error(`The export ended: ${JSON.stringify(step)}`);
	}
}

/** Everything a workspace holds that an import may change, in the order of its keys. */
export async function contents(db: MusterDb) {
	const [sessions, events, counts, tickets, ticketEvents, agents, settings] = await Promise.all([
		db.sessions.toArray(),
		db.events.toArray(),
		db.counts.toArray(),
		db.tickets.toArray(),
		db.ticketEvents.toArray(),
		db.agents.toArray(),
		db.settings.toArray(),
	]);
	return { sessions, events, counts, tickets, ticketEvents, agents, settings };
}
