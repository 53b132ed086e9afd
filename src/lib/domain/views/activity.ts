/** A log → the timeline of the Activity tab: one entry for each thing that happened, with the events behind it. */
import type { By, EventOf, SessionEvent } from '../log/event';
import {
	brokenPhrases,
	resultPhrases,
	tell,
	turnPhrases,
	type ActivityType,
	type OwnEvent,
	type Tone,
} from './activity-words';

export interface ActivityEntry {
	/** Of its first event. */
	id: string;
	type: ActivityType;
	tone: Tone;
	at: number;
	by: By;
	title: string;
	subject: string;
	details: string[];
	/** What it is made of, in log order. Durable pieces of a streaming part are left out. */
	events: SessionEvent[];
}

export interface Activity {
	/** Entries are never changed in place. */
	entries: ActivityEntry[];
	/** Places of the entries of turns (`turn:<id>`), running calls (`call:<id>`) and answers (`answer:<call id>`). */
	places: Map<string, number>;
	/** Of them, those that are under way. */
	running: Set<string>;
	/** The tool of each call. */
	tools: Map<string, string>;
	/** Of the present lease; 0 before the first. */
	epoch: number;
}

export function emptyActivity(): Activity {
	return { entries: [], places: new Map(), running: new Set(), tools: new Map(), epoch: 0 };
}

export function foldActivity(events: Iterable<SessionEvent>): Activity {
	const activity = emptyActivity();
	for (const event of events) applyToActivity(activity, event);
	return activity;
}

/** Changes the activity it is given; entries that change are replaced. */
export function applyToActivity(activity: Activity, event: SessionEvent): void {
	if (event.by.kind === 'engine' && event.by.epoch < activity.epoch) return;
	switch (event.kind) {
		case 'part-delta':
			return;
		case 'thinking':
		case 'redacted-thinking':
		case 'text':
		case 'other-part':
			return grow(activity, `turn:${event.turnId}`, event);
		case 'tool-call':
			activity.tools.set(event.callId, event.tool);
			return grow(activity, `turn:${event.turnId}`, event);
		case 'turn-ended':
			return close(activity, `turn:${event.turnId}`, event, 'completed', turnPhrases(event));
		case 'plan-updated':
			return grow(activity, `call:${event.callId}`, event);
		case 'tool-result': {
			const place = `call:${event.callId}`;
			if (!activity.places.has(place)) {
				const answer = `answer:${event.callId}`;
				if (!event.isError && activity.places.has(answer)) return grow(activity, answer, event);
				return add(activity, event);
			}
			const tone = event.isError ? 'failed' : 'completed';
			return close(activity, place, event, tone, resultPhrases(event));
		}
		case 'question-answered':
			// What is passed on to the model is what was answered.
			activity.places.set(`answer:${event.callId}`, activity.entries.length);
			return add(activity, event);
		case 'turn-started':
			return open(activity, `turn:${event.turnId}`, event);
		case 'tool-started':
			return open(activity, `call:${event.callId}`, event);
		case 'turn-failed':
			return fail(activity, event);
		case 'lease-taken':
			if (event.epoch > activity.epoch) {
				interrupt(activity, 'Interrupted');
				activity.epoch = event.epoch;
			}
			return add(activity, event);
		case 'ended':
			interrupt(activity, event.status === 'cancelled' ? 'Cancelled' : 'Interrupted');
			return add(activity, event);
		default:
			return add(activity, event);
	}
}

function add(activity: Activity, event: OwnEvent): void {
	const tool = 'callId' in event && event.callId ? activity.tools.get(event.callId) : undefined;
	const told = tell(event, tool ?? '');
	if (!told) return;
	const { id, at, by } = event;
	const { type, title, tone = 'plain', subject = '' } = told;
	const details = (told.details ?? []).filter((detail) => detail !== '');
	activity.entries.push({ id, type, tone, at, by, title, subject, details, events: [event] });
}

function open(activity: Activity, key: string, event: OwnEvent): void {
	activity.places.set(key, activity.entries.length);
	activity.running.add(key);
	add(activity, event);
}

function close(
	activity: Activity,
	key: string,
	event: SessionEvent,
	tone: Tone,
	phrases: string[] = [],
): void {
	activity.running.delete(key);
	change(activity, key, (entry) => ({
		tone,
		details: [...entry.details, ...phrases.filter((phrase) => phrase !== '')],
		events: [...entry.events, event],
	}));
}

/** A turn that was cut off before is no failure: this tells what it had used. */
function fail(activity: Activity, event: EventOf<'turn-failed'>): void {
	const key = `turn:${event.turnId}`;
	const tone = activity.running.has(key) ? 'failed' : 'cancelled';
	close(activity, key, event, tone, brokenPhrases(event));
	if (tone === 'failed') add(activity, event);
}

function grow(activity: Activity, key: string, event: SessionEvent): void {
	change(activity, key, (entry) => ({ events: [...entry.events, event] }));
}

/** What was under way when its runner went away, or when the session ended: none of it goes on. */
function interrupt(activity: Activity, why: string): void {
	for (const key of activity.running) {
		change(activity, key, ({ details }) => ({ tone: 'cancelled', details: [...details, why] }));
		// What becomes of a call is told after it; a turn may still tell what it had used.
		if (key.startsWith('call:')) activity.places.delete(key);
	}
	activity.running.clear();
}

function change(
	{ entries, places }: Activity,
	key: string,
	to: (entry: ActivityEntry) => Partial<ActivityEntry>,
): void {
	const place = places.get(key) ?? -1;
	const entry = entries[place];
	if (entry) entries[place] = { ...entry, ...to(entry) };
}
