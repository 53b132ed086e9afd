/** Sessions of the workspace that is searched, and what each of them says. */
const SESSIONS = 20_000;
const EVENTS = 6;
const WORDS_OF_EVENT = 60;
/** Queries of each kind, and reads of the index for the floor. */
const ROUNDS = 40;
/** How long the index may take before the bench gives up, ms. */
const MOST_MS = 20 * 60_000;

/**
 * Search in the built app: how fast the index is made, how large it is, and how long a query takes from the key to
 * the first hits, beside reading postings as they lie in the database.
 * @param {import('../../scripts/bench.mjs').BenchContext} ctx
 */
export async function run({ page, url, say }) {
	const tab = await page();
	await tab.goto(`${url}/welcome`);
	await tab.getByText('Look around first').click();
	await tab.waitForURL((address) => address.pathname !== '/welcome');
	// A file that is no page: the app does not run while its database is filled.
	await tab.goto(`${url}/favicon.svg`);
	say(`filling ${SESSIONS} sessions`);
	await tab.evaluate(fill, { sessions: SESSIONS, events: EVENTS, words: WORDS_OF_EVENT });
	const before = await used(tab);
	const began = Date.now();
	await tab.goto(`${url}/runs`);
	await indexed(tab, began, say);
	const seconds = (Date.now() - began) / 1000;
	const bytes = (await used(tab)) - before;
	const floor = await tab.evaluate(readPostings, ROUNDS);
	const common = await queries(tab, (i) => `common${i % 5}`);
	const pairs = await queries(tab, (i) => `common${i % 5} rare${i * 37}`);
	const rare = await queries(tab, (i) => `rare${100 + i * 41}`);
	const begun = await queries(tab, (i) => `rar${'e'.repeat(i % 2)}`);
	return [
		{ measure: 'sessions indexed a second', value: SESSIONS / seconds, unit: '/s' },
		{ measure: 'index on the disk, a session', value: bytes / SESSIONS / 1024, unit: 'KiB' },
		...[
			{ name: 'a common word', times: common },
			{ name: 'a common and a rare word', times: pairs },
			{ name: 'a rare word', times: rare },
			{ name: 'the beginning of many words', times: begun },
		].flatMap(({ name, times }) => [
			{
				measure: `${name}: first hits, p50`,
				value: at(times, 0.5),
				unit: 'ms',
				floor: at(floor, 0.5),
			},
			{
				measure: `${name}: first hits, p95`,
				value: at(times, 0.95),
				unit: 'ms',
				floor: at(floor, 0.95),
			},
		]),
	];
}

/**
 * From the key to the hits in the page, ms each.
 * @param {import('playwright').Page} tab
 * @param {(round: number) => string} query
 */
async function queries(tab, query) {
	const typed = Array.from({ length: ROUNDS }, (_, i) => query(i));
	return tab.evaluate(async (typed) => {
		const field = /** @type {HTMLInputElement} */ (document.querySelector('input[type=search]'));
		/** @param {string} text */
		const write = (text) => {
			field.value = text;
			field.dispatchEvent(new Event('input', { bubbles: true }));
		};
		/** @param {() => boolean} holds */
		const until = async (holds) => {
			while (!holds()) await new Promise((resolve) => setTimeout(resolve));
		};
		const times = [];
		for (const text of typed) {
			write('');
			await until(() => document.querySelector('[data-hit]') === null);
			const from = performance.now();
			write(text);
			await until(() => document.querySelector('[data-hit]') !== null);
			times.push(performance.now() - from);
		}
		return times;
	}, typed);
}

/** @param {number[]} times @param {number} share */
function at(times, share) {
	return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}

/** @param {import('playwright').Page} tab */
function used(tab) {
	return tab.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
}

/**
 * @param {import('playwright').Page} tab
 * @param {number} began
 * @param {(line: string) => void} say
 */
async function indexed(tab, began, say) {
	for (let told = 0; ;) {
		const left = await tab.evaluate(async () => {
			const db = await new Promise((resolve, reject) => {
				const request = indexedDB.open('muster');
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
			/** @param {IDBRequest} request */
			const done = (request) =>
				new Promise((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const tables = db.transaction(['settings', 'searchTasks'], 'readonly');
			const ready = await done(tables.objectStore('settings').get('searchIndexVersion'));
			const left = await done(tables.objectStore('searchTasks').count());
			db.close();
			return ready ? left : null;
		});
		if (left === 0) return;
		if (Date.now() - began > MOST_MS) throw new Error(`The index was not made: ${left} are left.`);
		if (Date.now() - told > 30_000) {
			told = Date.now();
			if (left !== null) say(`${left} sessions to index`);
		}
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

/**
 * Writes rows and logs straight into the database. In the page.
 * @param {{ sessions: number, events: number, words: number }} size
 */
async function fill({ sessions, events, words }) {
	const db = await new Promise((resolve, reject) => {
		const request = indexedDB.open('muster');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	let seed = 1;
	/** @param {number} n */
	const below = (n) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((seed / 2_147_483_648) * n);
	};
	// As in any text: a few words everywhere, and a long tail.
	const word = () =>
		below(3) === 0 ? `common${below(40)}` : `rare${Math.floor(8000 * (below(1000) / 1000) ** 2)}`;
	const text = () => Array.from({ length: words }, word).join(' ');
	const now = Date.now();
	for (let from = 0; from < sessions; from += 500) {
		const write = db.transaction(['sessions', 'events'], 'readwrite', { durability: 'relaxed' });
		for (let i = from; i < Math.min(sessions, from + 500); i++) {
			const id = `01J${String(i).padStart(23, '0')}`;
			const startedAt = now - (sessions - i) * 60_000;
			const start = startedAt.toString(36).padStart(9, '0');
			write.objectStore('sessions').put({
				v: 2,
				id,
				place: 'run',
				agentId: 'a',
				agentName: 'Code Reviewer',
				agentIcon: 'code',
				title: `Session ${i} ${word()}`,
				mode: 'standard',
				status: 'completed',
				reason: '',
				until: null,
				needsYou: false,
				progress: '',
				model: 'm',
				effort: null,
				ticketId: null,
				labels: [],
				archivedAt: null,
				deletedAt: null,
				unread: false,
				summary: '',
				parentId: null,
				startedAt,
				updatedAt: startedAt,
				activeMs: 1000,
				runningSince: null,
				usage: { input: 1, output: 1, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 },
				turns: 1,
				cost: 0,
				seq: events - 1,
				facets: ['all', 'status:completed', 'mode:standard', 'agent:a'].map(
					(facet) => `run\t${facet}\t${start}${id}`,
				),
			});
			for (let seq = 0; seq < events; seq++)
				write.objectStore('events').put({
					v: 1,
					id: `${id}-${seq}`,
					sessionId: id,
					seq,
					at: startedAt + seq,
					kind: 'text',
					by: { kind: 'agent', actor: 'main' },
					turnId: 'main.1',
					index: seq,
					text: text(),
				});
		}
		await new Promise((resolve, reject) => {
			write.oncomplete = resolve;
			write.onerror = () => reject(write.error);
		});
	}
	// As on a device that has no index yet.
	const settings = db.transaction('settings', 'readwrite');
	settings.objectStore('settings').delete('searchIndexVersion');
	await new Promise((resolve) => (settings.oncomplete = resolve));
	db.close();
}

/**
 * The floor: all postings of one word, one request for all blocks, ms each. In the page.
 * @param {number} rounds
 */
async function readPostings(rounds) {
	const db = await new Promise((resolve, reject) => {
		const request = indexedDB.open('muster');
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const times = [];
	for (let i = 0; i < rounds; i++) {
		const from = performance.now();
		const store = db.transaction('searchPostings', 'readonly').objectStore('searchPostings');
		await Promise.all(
			Array.from({ length: 20 }, (_, block) => {
				const request = store.get([-block, `common${i % 40}`]);
				return new Promise((resolve, reject) => {
					request.onsuccess = resolve;
					request.onerror = () => reject(request.error);
				});
			}),
		);
		times.push(performance.now() - from);
	}
	db.close();
	return times;
}
