/** What a long log ends with: something to read while the rest of it is still being read. */
import type { SessionEvent } from '../log/event';
import { foldTranscript } from './transcript';
import type { TranscriptItem } from './transcript-items';

/**
 * The last items of a transcript, of the last events of its log alone. It begins where nothing was under way: with
 * the first new stretch among them, else with the first turn; a fork's with what is its own. Empty where there is no
 * such place. What earlier events would have added to an item (what was taken over, what lifted a hold) is told by
 * the whole transcript.
 */
export function foldEnding(last: readonly SessionEvent[]): TranscriptItem[] {
	const events = last.slice(last.findLastIndex(({ kind }) => kind === 'forked') + 1);
	const ended = events.findIndex(({ kind }) => kind === 'ended');
	const turn = events.findLastIndex(({ kind }) => kind === 'turn-started');
	const from =
		ended >= 0 && ended < turn
			? ended + 1
			: events.findIndex(({ kind }) => kind === 'turn-started');
	return from < 0 ? [] : foldTranscript(events.slice(from)).items;
}
