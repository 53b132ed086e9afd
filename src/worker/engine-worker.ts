/**
 * The worker of every tab. It answers its own page's questions at once; of all workers of a device, the one that
 * holds the lock also runs sessions and carries out commands. When its tab goes away the browser hands the lock
 * to the next worker, which takes up what was left.
 */
import { priceOf } from '$lib/domain/pricing';
import type { Failure } from '$lib/domain/log/event';
import { MAIN_DATABASE } from '$lib/domain/workspace';
import { starterAgents } from '$lib/domain/agents/starter-agents';
import { connectionById } from '$lib/store/connections';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { openFailure } from '$lib/store/open-failure';
import { ensureDeviceId, loadSetting } from '$lib/store/settings';
import { saveStartersOnce } from '$lib/store/workspace';
import { answerQuestions } from './answer-questions';
import { ConnectionService } from './connections/connection-service';
import { lazily } from './connections/lazily';
import { storedPorts } from './connections/ports';
import { BroadcastPublisher } from './engine/live-publisher';
import { purgeDaily } from './engine/purge-deleted';
import { Supervisor } from './engine/supervisor';
import { Journal } from './journal/journal';
import { watchInUse } from './in-use';
import { SearchIndexer } from './search/indexer';
import { search } from './search/search';
import { toolFor } from './tools/registry';
import type { TransferDesk } from './transfer/transfer-desk';

const db = new MusterDb(MAIN_DATABASE);
const live = new BroadcastPublisher();
const connections = new ConnectionService(db);
/** Tells when this device is back online. */
const network = new EventTarget();

answerQuestions(self, {
	'check-connection': (draft) => connections.check(draft),
	'save-connection': (draft) => connections.save(draft),
	'delete-connection': (draft) => connections.delete(draft),
	'refresh-connection': (draft) => connections.refresh(draft),
	search: (ask) => search(db, ask),
	'transfer-begin': async (wish) => (await transfers()).begin(wish),
	'transfer-step': async (ask) => (await transfers()).step(ask),
	'transfer-stop': async (ask) => (await transfers()).stop(ask),
	'back-online': async () => {
		network.dispatchEvent(new Event('online'));
		return {};
	},
});

let desk: Promise<TransferDesk> | null = null;

/** Loaded once a workspace is brought in or out, which is seldom. */
function transfers(): Promise<TransferDesk> {
	desk ??= lazily(() => import('./transfer/transfer-desk')).then(
		({ TransferDesk }) => new TransferDesk(db),
	);
	desk.catch(() => (desk = null));
	return desk;
}

void navigator.locks.request(`muster-engine:${MAIN_DATABASE}`, runEngine);

/** Holds the lock for as long as this worker lives. */
async function runEngine(): Promise<never> {
	try {
		await startEngine();
	} catch (error) {
		tellTrouble(openFailure(error));
	}
	return new Promise<never>(() => undefined);
}

async function startEngine(): Promise<void> {
	const id = await ensureDeviceId(db);
	await saveStartersOnce(db, starterAgents(Date.now()));
	const name = await loadSetting(db, 'deviceName');
	const journal = new Journal({ db, device: { id, name }, now: Date.now, newId });
	new Supervisor({
		journal,
		live,
		models: storedPorts(db),
		modelInfo: async (connectionId, model) =>
			(await connectionById(db, connectionId))?.models.find((info) => info.id === model),
		price: async (connectionId, model, usage) => {
			const connection = await connectionById(db, connectionId);
			if (connection?.kind === 'practice') return { usd: 0, priceVersion: 'practice' };
			return priceOf(model, usage, Date.now(), await loadSetting(db, 'prices'));
		},
		random: Math.random,
		toolFor,
		onOnline: (listener) => {
			network.addEventListener('online', listener);
			return () => network.removeEventListener('online', listener);
		},
		trouble: tellTrouble,
	}).start();
	purgeDaily(journal, (error) => tellTrouble(openFailure(error)));
	new SearchIndexer({ db, trouble: tellTrouble, inUse: watchInUse() }).start();
}

function tellTrouble(failure: Failure | null): void {
	live.tell({ type: 'trouble', failure });
}
