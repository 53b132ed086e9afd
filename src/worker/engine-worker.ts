/**
 * The worker of every tab. It answers its own page's questions at once; of all workers of a device, the one that
 * holds the lock also runs sessions and carries out commands. When its tab goes away the browser hands the lock
 * to the next worker, which takes up what was left.
 */
import { OPENED_CHANNEL } from '$lib/domain/opened';
import { priceOf } from '$lib/domain/pricing';
import type { Failure } from '$lib/domain/log/event';
import { MAIN_DATABASE } from '$lib/domain/workspace';
import { starterAgents } from '$lib/domain/agents/starter-agents';
import { liveChannel } from '$lib/domain/live';
import { copyConnections } from '$lib/store/copy-connections';
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
import type { MembershipDesk } from './sync/membership/membership-desk';
import { syncFailure } from './sync/sync-failure';
import { SyncSwitch } from './sync/sync-switch';
import { toolFor } from './tools/registry';
import type { TransferDesk } from './transfer/transfer-desk';

/** Of the workspace that the tab shows: the page names its worker after it. */
const database = self.name || MAIN_DATABASE;
const db = new MusterDb(database);
const live = new BroadcastPublisher(liveChannel(database));
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
	'sync-begin': async (ask) => done((await members()).begin(ask)),
	'sync-members': async () => ({ members: await (await members()).members() }),
	'sync-remove': async ({ id }) => done((await members()).remove(id)),
	'sync-leave': async () => done((await members()).leave()),
	'sync-make-kit': async () => (await members()).makeKit(),
	'sync-restore': async (ask) => done((await members()).restore(ask)),
	'pair-begin': async () => ({ talk: await (await members()).openDoor() }),
	'join-begin': async (ask) => ({ talk: await (await members()).knock(ask) }),
	'talk-next': async ({ talk, seen }) => (await members()).talks.next(talk, seen),
	'talk-say': async ({ talk, say }) => done((await members()).talks.say(talk, say)),
	'copy-connections': async (ask) => {
		const to = new MusterDb(ask.database);
		return done(copyConnections(db, to).finally(() => to.close()));
	},
	'back-online': async () => {
		network.dispatchEvent(new Event('online'));
		sync?.online();
		return {};
	},
});

let sync: SyncSwitch | null = null;
let desk: Promise<TransferDesk> | null = null;

/** Loaded once a workspace is brought in or out, which is seldom. */
function transfers(): Promise<TransferDesk> {
	desk ??= lazily(() => import('./transfer/transfer-desk')).then(
		({ TransferDesk }) => new TransferDesk(db),
	);
	desk.catch(() => (desk = null));
	return desk;
}

let membership: Promise<MembershipDesk> | null = null;

/** Loaded once somebody looks at the devices of the workspace. */
function members(): Promise<MembershipDesk> {
	membership ??= lazily(() => import('./sync/membership/membership-desk')).then(
		({ MembershipDesk: Desk }) => new Desk({ db, ownRelay: ownRelay() }),
	);
	membership.catch(() => (membership = null));
	return membership;
}

/** The relay that comes with the app. */
function ownRelay(): string {
	return `${self.location.protocol === 'https:' ? 'wss' : 'ws'}://${self.location.host}/sync`;
}

async function done(work: Promise<unknown>): Promise<Record<never, never>> {
	await work;
	return {};
}

void navigator.locks.request(`muster-engine:${database}`, runEngine);

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
	const others = (sync = new SyncSwitch({
		db,
		device: id,
		failed: (error) => tellTrouble(syncFailure(error)),
	}));
	await others.look();
	const journal = new Journal({
		db,
		device: { id, name },
		now: Date.now,
		newId,
		appended: (sessionId) => others.wrote(sessionId),
	});
	const supervisor = new Supervisor({
		journal,
		elsewhere: others,
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
	});
	supervisor.start();
	others.start({ journal, supervisor });
	new BroadcastChannel(OPENED_CHANNEL).onmessage = ({ data }: MessageEvent<unknown>) => {
		if (typeof data === 'string') others.opened(data);
	};
	purgeDaily(journal, (error) => tellTrouble(openFailure(error)));
	new SearchIndexer({ db, trouble: tellTrouble, inUse: watchInUse() }).start();
}

function tellTrouble(failure: Failure | null): void {
	live.tell({ type: 'trouble', failure });
}
