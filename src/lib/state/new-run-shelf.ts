import type { SessionSettings } from '../domain/settings';
import type { Filled } from './new-run-input';

/** What is kept of a run that was not started yet, so that closing the dialog or a reload loses none of it. */
export interface RunDraft {
	agentId: string | null;
	prompt: string;
	/** What was filled into the forms of agents, by agent id. */
	inputs: Readonly<Record<string, Filled>>;
	/** Where it differs from the chosen agent's own settings. */
	overrides: Partial<SessionSettings>;
}

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'muster.new-run';

export function emptyDraft(): RunDraft {
	return { agentId: null, prompt: '', inputs: {}, overrides: {} };
}

export function readDraft(shelf: Shelf): RunDraft {
	try {
		const kept = JSON.parse(shelf.getItem(KEY) ?? 'null') as (RunDraft & { v: number }) | null;
		if (kept?.v !== 1) return emptyDraft();
		const { v: _, ...draft } = kept;
		return { ...emptyDraft(), ...draft };
	} catch {
		return emptyDraft();
	}
}

export function keepDraft(shelf: Shelf, draft: RunDraft): void {
	try {
		shelf.setItem(KEY, JSON.stringify({ v: 1, ...draft }));
	} catch {
		// No room on the shelf: the draft lives in this page, as in any form.
	}
}
