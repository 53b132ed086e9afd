import type { SessionRow } from '../domain/session-row';
import { asksOf, noticeOf, type Ask } from '../domain/views/inbox';
import { inboxWindow, lastEvents } from '../store/inbox';
import { observe } from '../store/live';
import { app } from './app.svelte';
import { readPreference, writePreference } from './platform';

/** What waits longest is not news: sessions looked at, the newest first. */
const SESSIONS = 20;
/** Requests are among the last events of a log. */
const EVENTS = 100;
/** Requests nobody has to be told of again, by key; shared by the tabs of this browser. */
const TOLD = 'muster.notices-told';
/** Held by every tab while it is in front, and by the one that looks what is to be told. */
const IN_FRONT = 'muster.in-front';
const TELLING = 'muster.telling';

interface Waiting {
	row: SessionRow;
	ask: Ask;
}

/**
 * Tells of requests by notifications of the system while no tab of the app is in front: each request once, under a tag
 * of its own, and not any more once it is answered. Whatever came while the app was in front is not told.
 * Returns the stop.
 */
export function tellOfRequests(): () => void {
	const stopFront = holdWhileInFront();
	/** By session; read again when the session has moved. */
	const asked = new Map<string, { stamp: string; asks: Ask[] }>();
	let last = Promise.resolve();
	const stop = observe(
		() => inboxWindow(app.db, SESSIONS),
		(rows) => {
			last = last.then(() => look(rows, asked)).catch(() => undefined);
		},
		() => undefined,
	);
	return () => {
		stop();
		stopFront();
	};
}

async function look(
	rows: readonly SessionRow[],
	asked: Map<string, { stamp: string; asks: Ask[] }>,
): Promise<void> {
	const waiting: Waiting[] = [];
	for (const row of rows) {
		const stamp = `${row.updatedAt} ${row.reason}`;
		let known = asked.get(row.id);
		if (known?.stamp !== stamp) {
			const asks = asksOf(row.id, await lastEvents(app.db, row.id, EVENTS));
			asked.set(row.id, (known = { stamp, asks }));
		}
		waiting.push(...known.asks.map((ask) => ({ row, ask })));
	}
	for (const id of asked.keys()) if (!rows.some((row) => row.id === id)) asked.delete(id);
	// One tab at a time: what one has told, the next one knows.
	await navigator.locks.request(TELLING, () => tell(waiting, rows.length < SESSIONS));
}

/** `all`: nothing else waits, so that what was told of and is not among these is over. */
async function tell(waiting: readonly Waiting[], all: boolean): Promise<void> {
	const told = new Set(readTold());
	const open = new Set(waiting.map(({ ask }) => ask.key));
	for (const key of told)
		if (all && !open.has(key)) {
			told.delete(key);
			await close(key);
		}
	const fresh = waiting.filter(({ ask }) => !told.has(ask.key));
	const quiet = fresh.length > 0 && (await isInFront());
	for (const { row, ask } of fresh) {
		if (!quiet) await show(row, ask);
		told.add(ask.key);
	}
	writePreference(TOLD, told.size === 0 ? null : JSON.stringify([...told]));
}

function readTold(): string[] {
	try {
		const told: unknown = JSON.parse(readPreference(TOLD) ?? '[]');
		return Array.isArray(told) ? told.filter((key) => typeof key === 'string') : [];
	} catch {
		return [];
	}
}

async function show(row: SessionRow, ask: Ask): Promise<void> {
	const { title, body } = noticeOf(row, ask);
	const registration = await navigator.serviceWorker?.getRegistration();
	await registration?.showNotification(title, {
		body,
		tag: ask.key,
		icon: '/icon-192.png',
		data: { path: `/inbox/${row.id}` },
	});
}

async function close(tag: string): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration();
	const shown = await registration?.getNotifications({ tag });
	for (const notification of shown ?? []) notification.close();
}

async function isInFront(): Promise<boolean> {
	const { held = [] } = await navigator.locks.query();
	return held.some(({ name }) => name === IN_FRONT);
}

/** A lock says to the other tabs that this one is looked at; it goes when the tab does. */
function holdWhileInFront(): () => void {
	let release: (() => void) | null = null;
	const check = () => {
		const front = document.visibilityState === 'visible' && document.hasFocus();
		if (front && !release) {
			const held = new Promise<void>((resolve) => (release = resolve));
			void navigator.locks.request(IN_FRONT, { mode: 'shared' }, () => held);
		} else if (!front) {
			release?.();
			release = null;
		}
	};
	check();
	document.addEventListener('visibilitychange', check);
	addEventListener('focus', check);
	addEventListener('blur', check);
	return () => {
		document.removeEventListener('visibilitychange', check);
		removeEventListener('focus', check);
		removeEventListener('blur', check);
		release?.();
	};
}
