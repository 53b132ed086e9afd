/** A log → the timeline of the Activity tab: one entry for each thing that happened, with the events behind it. */
import type { By, SessionEvent } from '../log/event';
import {
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
	/** Places of the entries of turns (`turn:<id>`) and running calls (`call:<id>`). */
	places: Map<string, number>;
	/** The tool of each call. */
	tools: Map<string, string>;
}

export function emptyActivity(): Activity {
	return { entries: [], places: new Map(), tools: new Map() };
}

export function foldActivity(events: Iterable<SessionEvent>): Activity {
	const activity = emptyActivity();
	for (const event of events) applyToActivity(activity, event);
	return activity;
}

/** Changes the activity it is given; entries that change are replaced. */
export function applyToActivity(activity: Activity, event: SessionEvent): void {
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
			return grow(activity, `turn:${event.turnId}`, event, {
				tone: 'completed',
				more: turnPhrases(event),
			});
		case 'plan-updated':
			return grow(activity, `call:${event.callId}`, event);
		case 'tool-result': {
			const place = `call:${event.callId}`;
			if (!activity.places.has(place)) return add(activity, event);
			const tone = event.isError ? 'failed' : 'completed';
			return grow(activity, place, event, { tone, more: resultPhrases(event) });
		}
		case 'turn-started':
			activity.places.set(`turn:${event.turnId}`, activity.entries.length);
			return add(activity, event);
		case 'tool-started':
			activity.places.set(`call:${event.callId}`, activity.entries.length);
			return add(activity, event);
		case 'turn-failed':
			grow(activity, `turn:${event.turnId}`, event, { tone: 'failed' });
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

function grow(
	{ entries, places }: Activity,
	key: string,
	event: SessionEvent,
	change: { tone?: Tone; more?: string[] } = {},
): void {
	const place = places.get(key) ?? -1;
	const entry = entries[place];
	if (!entry) return;
	const more = (change.more ?? []).filter((phrase) => phrase !== '');
	entries[place] = {
		...entry,
		tone: change.tone ?? entry.tone,
		details: [...entry.details, ...more],
		events: [...entry.events, event],
	};
}
