import type { SessionSettings } from '../domain/settings';
import { AttachedFiles } from './attached-files.svelte';
import { keepWritten } from './keep-written.svelte';
import { readPreference, writePreference } from './platform';

export type TurnChoice = Partial<
	Pick<SessionSettings, 'connectionId' | 'model' | 'effort' | 'permissionMode'>
>;

interface Written {
	text: string;
	choice: TurnChoice;
}

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

	/** Call it in an effect. */
	keep(): () => void {
		return keepWritten(
			() => [this.text, this.choice],
			() => this.#write({ text: this.text, choice: this.choice }),
		);
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
