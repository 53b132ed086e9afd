/**
 * Whole devices that run, file and change the same things, go offline and crash, while the relay's process is killed
 * again and again: in the end all hold the same, and nothing that was done is lost.
 * `SYNC_SEEDS=1,2 npx vitest run --project relay tests/sync/devices-fuzz`
 */
import { describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import type { Command, Organising } from '../../src/lib/domain/command';
import { isFiling, stampOf, subjectsOf } from '../../src/lib/domain/log/filing';
import { blankFields } from '../../src/lib/domain/tickets/ticket';
import { commandById } from '../../src/lib/store/commands';
import { observe } from '../../src/lib/store/live';
import { loadSyncStatus } from '../../src/lib/store/membership';
import { runRelay, tempFolder } from '../relay/support/process';
import { says } from '../support/engine';
import { seeded } from '../support/seeded';
import { WholeDevice } from './support/whole-device';
import { workspaceOf } from './support/workspace';

/** Not by itself yet: in a few of a hundred runs a log stays away, or two hold a room (docs/sync.md, section 10). */
const SEEDS = process.env['SYNC_SEEDS']?.split(',').map(Number) ?? [];
const ROUNDS = 8;
const DAY_MS = 86_400_000;
const PATIENCE_MS = 40_000;

describe.skipIf(SEEDS.length === 0)(
	'whole devices under everything that goes wrong',
	{ timeout: 60_000 },
	() => {
		it.each(SEEDS.length > 0 ? SEEDS : [0])(
			'end alike, and lose nothing that was done, seed %i',
			async (seed) => {
				const { chance, pick, next } = seeded(seed);
				const data = tempFolder();
				const port = await freePort(44_000 + Math.floor(next() * 2000));
				const start = () => runRelay({ data, env: { RELAY_PORT: String(port) } });
				let relay = await start();
				const { workspace, devices: keys } = await workspaceOf(3 + (seed % 2), relay.url);
				const devices = keys.map((key, i) => {
					const ahead = pick([0, 0, DAY_MS, -DAY_MS]);
					const replies = Array.from({ length: 200 }, (_, n) => says(`Answer ${n} of ${i}`));
					const now = () => Date.now() + ahead;
					return new WholeDevice(relay.url, workspace, key, `device-${i}`, replies, { now });
				});
				for (const device of devices) await device.start();

				const purged = new Set<string>();
				/** What was asked of a session, by the command that did. */
				const asked: { by: number; id: string; sessionId: string; text: string }[] = [];
				const comments = new Set<string>();
				let made = 0;

				const file = (device: WholeDevice, sessionId: string, change: Organising) =>
					device.command({ kind: 'organise', sessionIds: [sessionId], change }, null);

				async function ask(by: number, sessionId: string, command: Command, text: string) {
					const id = await (devices[by] as WholeDevice).send(command, sessionId);
					asked.push({ by, id, sessionId, text });
					return id;
				}

				async function act(by: number): Promise<void> {
					const device = devices[by] as WholeDevice;
					const sessions = await device.db.sessions.orderBy('id').primaryKeys();
					const tickets = await device.db.tickets.orderBy('id').primaryKeys();
					const label = pick(['sea', 'moon', 'sun']);
					const text = `Text ${++made} of ${by}`;
					if (sessions.length === 0 || chance(0.1)) {
						const sessionId = `s${made}`;
						const id = await ask(
							by,
							sessionId,
							{ kind: 'start', agentId: null, prompt: text },
							text,
						);
						await device.engine.until(
							() => commandById(device.db, id),
							(record) => record?.state === 'applied',
						);
						return;
					}
					// Mostly the same one.
					const sessionId = chance(0.6) ? (sessions[0] as string) : pick(sessions);
					const ticketId = tickets.length > 0 ? pick(tickets) : null;
					const dice = next();
					if (dice < 0.15) await device.command({ kind: 'rename', title: text }, sessionId);
					else if (dice < 0.3)
						await file(device, sessionId, { do: pick(['archive', 'unarchive'] as const) });
					else if (dice < 0.4) await file(device, sessionId, { do: 'link', ticketId });
					else if (dice < 0.5)
						await file(device, sessionId, { do: 'label', add: [label], remove: [] });
					else if (dice < 0.55)
						await file(device, sessionId, { do: 'label', add: [], remove: [label] });
					else if (dice < 0.65)
						await file(device, sessionId, { do: pick(['delete', 'restore'] as const) });
					else if (dice < 0.68) {
						await file(device, sessionId, { do: 'delete' });
						await file(device, sessionId, { do: 'purge' });
						if (!(await device.db.sessions.get(sessionId))) purged.add(sessionId);
					} else if (dice < 0.8) await ask(by, sessionId, { kind: 'prompt', text }, text);
					else if (dice < 0.86 || ticketId === null)
						await device.command(
							{
								kind: 'ticket',
								ticketId: `t${made}`,
								change: {
									do: 'create',
									status: 'backlog',
									fields: { ...blankFields, title: text },
								},
							},
							null,
						);
					else if (dice < 0.93)
						await device.command(
							{ kind: 'ticket', ticketId, change: { do: 'change', changes: { title: text } } },
							null,
						);
					else {
						const comment = { kind: 'ticket', ticketId, change: { do: 'comment', text } } as const;
						if ((await device.command(comment, null)).state === 'applied') comments.add(text);
					}
				}

				for (let round = 0; round < ROUNDS; round++) {
					for (const by of devices.keys()) if (chance(0.8)) await act(by);
					const by = Math.floor(next() * devices.length);
					const device = devices[by] as WholeDevice;
					const dice = next();
					if (dice < 0.35) await (device.isOnline ? device.offline() : device.online());
					else if (dice < 0.6) {
						const anew = (devices[by] = device.crash());
						await anew.start({ online: chance(0.7) });
					}
					if (chance(0.3)) {
						relay.kill('SIGKILL');
						await relay.ended;
						relay = await start();
					} else {
						const now = devices[by] as WholeDevice;
						if (now.isOnline && chance(0.5)) await reached(now);
					}
				}

				for (const device of devices) await (device.isOnline ? device.dial() : device.online());
				const last = await alike(devices);

				const ids = new Set(last.sessions.map(({ row }) => row.id));
				for (const id of purged) expect(ids).not.toContain(id);
				for (const { by, id, sessionId, text } of asked) {
					if (purged.has(sessionId)) continue;
					const { db } = devices[by] as WholeDevice;
					const record = await commandById(db, id);
					if (record?.state === 'refused') expect(record.note).toBeTruthy();
					else
						expect(last.sessions.find(({ row }) => row.id === sessionId)?.prompts).toContain(text);
				}
				const kept = last.tickets.flatMap((ticket) => ticket.comments.map(({ text }) => text));
				expect(new Set(kept)).toEqual(comments);
				// What holds is the highest act that anybody has done.
				for (const { row } of last.sessions) {
					const highest: Record<string, string> = {};
					for (const device of devices)
						for (const event of (await device.events(row.id)).filter(isFiling))
							for (const subject of subjectsOf(event)) {
								const stamp = stampOf(event);
								if (stamp > (highest[subject] ?? '')) highest[subject] = stamp;
							}
					expect(row.stamps ?? {}).toEqual(highest);
				}
				expect(devices.map(({ errors }) => errors)).toEqual(devices.map(() => []));
			},
		);
	},
);

/** Once a device is in touch with the relay, or knows that it is not. */
function reached(device: WholeDevice): Promise<unknown> {
	return device.engine.until(
		() => loadSyncStatus(device.db),
		(status) => status !== undefined && status !== null && status.relay.is !== 'connecting',
	);
}

/** All that has to be alike, and whether anything is still to be done. */
async function picture({ db, events }: Pick<WholeDevice, 'db' | 'events'>) {
	const status = await loadSyncStatus(db);
	const left = {
		tasks: await db.syncTasks.count(),
		commands: await db.commands
			.filter(({ state }) => state === 'sent' || state === 'received')
			.count(),
		runs: await db.sessions.filter(({ status }) => status === 'running').count(),
		away: await db.sessions.filter(({ away }) => away === true).count(),
		missing: status?.missing,
		relay: status?.relay.is,
	};
	const sessions = [];
	for (const { seq: _, facets: __, ...row } of (await db.sessions
		.orderBy('id')
		.toArray()) as never as (Record<string, unknown> & {
		id: string;
		stamps?: Record<string, string>;
	})[]) {
		const log = (await events(row.id)).filter((event) => !isFiling(event));
		const prompts = log.flatMap((event) => (event.kind === 'prompt' ? [event.text] : []));
		sessions.push({ row, prompts, log: log.map(({ id }) => id) });
	}
	return { left, all: { sessions, tickets: await db.tickets.orderBy('id').toArray() } };
}

/** As text, with names in their order: in which one they were written down is no matter. */
function canonical(value: unknown): string {
	const sorted = (_: string, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part;
	return JSON.stringify(value, sorted, '\t');
}

type Picture = Awaited<ReturnType<typeof picture>>;

/** Once all devices have done what they had to do, and hold the same. Fails with what each of them holds. */
function alike(devices: readonly WholeDevice[]): Promise<Picture['all']> {
	return new Promise((done, fail) => {
		const seen: (Picture | undefined)[] = devices.map(() => undefined);
		const stops: (() => void)[] = [];
		const end = () => {
			clearTimeout(timer);
			for (const stop of stops) stop();
		};
		const timer = setTimeout(() => {
			end();
			const [first, ...others] = seen.map(canonical);
			try {
				for (const other of others) expect(other).toBe(first);
				fail(new Error(`Not in time: ${first}`));
			} catch (error) {
				fail(error as Error);
			}
		}, PATIENCE_MS);
		const look = () => {
			const isDone = ({ left }: Picture) =>
				left.tasks + left.commands + left.runs + left.away === 0 &&
				left.missing === 0 &&
				left.relay === 'online';
			const [first, ...others] = seen;
			if (!first || !seen.every((one) => one && isDone(one))) return;
			const all = canonical(first.all);
			if (!others.every((one) => canonical(one?.all) === all)) return;
			end();
			done(first.all);
		};
		for (const [i, device] of devices.entries())
			stops.push(
				observe(
					() => picture({ db: device.db, events: (id) => device.events(id) }),
					(now) => {
						seen[i] = now;
						queueMicrotask(look);
					},
					fail,
				),
			);
	});
}
