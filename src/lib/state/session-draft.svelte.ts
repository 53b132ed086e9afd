import type { SessionSettings } from '../domain/settings';
import { AttachedFiles } from './attached-files.svelte';
import { readPreference, writePreference } from './platform';

export type TurnChoice = Partial<
	Pick<SessionSettings, 'connectionId' | 'model' | 'effort' | 'permissionMode'>
>;

interface Written {
	text: string;
	choice: TurnChoice;
}

/** A draft is written down this long after the last key, ms. */
const REST_MS = 300;
/** The browser keeps only some megabytes for all drafts together, UTF-16 units. */
const MOST_CHARS = 200_000;

/**
 * What a person has begun to write to a session, and the model they chose for it; kept across reloads. Files that
 * are to go along live as long as the page: the browser has no room for them among its preferences.
 */
export class MessageDraft {
	text = $state('');
	choice = $state.raw<TurnChoice>({});
	readonly files = new AttachedFiles();
	#key: string;

	constructor(sessionId: string) {
		this.#key = `muster.draft.${sessionId}`;
		const kept = parse(readPreference(this.#key));
		this.text = kept.text;
		this.choice = kept.choice;
	}

	/** Call it in an effect: writes what has changed once it rests, at the latest when the page or the session is left. */
	keep(): () => void {
		const write = () => this.#write({ text: this.text, choice: this.choice });
		$effect(() => {
			void [this.text, this.choice];
			const timer = setTimeout(write, REST_MS);
			return () => clearTimeout(timer);
		});
		addEventListener('pagehide', write);
		return () => {
			removeEventListener('pagehide', write);
			write();
		};
	}

	clear(): void {
		this.text = '';
		this.choice = {};
		this.files.clear();
		this.#write({ text: '', choice: {} });
	}

	#write({ text, choice }: Written): void {
		const empty = text === '' && Object.keys(choice).length === 0;
		const kept = JSON.stringify({ text: text.slice(0, MOST_CHARS), choice });
		writePreference(this.#key, empty ? null : kept);
	}
}

function parse(json: string | null): Written {
	try {
		const { text, choice } = JSON.parse(json ?? '') as Partial<Written>;
		return { text: typeof text === 'string' ? text : '', choice: choice ?? {} };
	} catch {
		return { text: '', choice: {} };
	}
}
