/** What a page asks of the worker of its tab to bring a workspace in or out, a step at a time, so that it can stop. */
import type { Failure } from '../log/event';
import type { Tally } from './tally';

export type TransferWish =
	| { do: 'export' }
	/** Reads the files to their end and says what they would change. */
	| { do: 'check'; files: File[] }
	| { do: 'merge'; files: File[] };

/** Bytes of a file, or sessions. `total` null: nobody knows. */
export interface TransferProgress {
	done: number;
	total: number | null;
	/** Sessions that were read or written. */
	sessions: number;
}

export type TransferStep =
	| { is: 'working'; progress: TransferProgress; bytes: Uint8Array<ArrayBuffer>[] }
	| { is: 'exported'; progress: TransferProgress; bytes: Uint8Array<ArrayBuffer>[] }
	/** `what`: kind of files, in words. */
	| { is: 'checked' | 'merged'; what: string; tally: Tally }
	/** What was merged before, if anything was, stays whole; `tally` says how much. */
	| { is: 'failed'; failure: Failure; tally: Tally | null };
