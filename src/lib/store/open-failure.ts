import type { Failure } from '../domain/log/event';
import { IncompleteDatabaseError, NewerDatabaseError } from './strict-open';

/** Why the database could not be opened or used, in words for a person. */
export function openFailure(error: unknown): Failure {
	switch (causeOf(error)) {
		case 'newer':
			return {
				code: 'store-newer',
				message: 'The database on this device was written by a newer version of Muster.',
				advice:
					'Close all Muster tabs and open it again, to get that version. Nothing has been changed.',
			};
		case 'incomplete':
			return {
				code: 'store-incomplete',
				message: 'Parts of the database on this device are missing, so Muster does not touch it.',
				advice:
					'Nothing has been changed. If you have no use for what is left, clear this site’s data in the browser and start again.',
			};
		case 'unknown': {
			const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
			return {
				code: 'store-unavailable',
				message: `The database on this device cannot be used (${detail}).`,
				advice: 'Close other Muster tabs and reload. What was saved is kept.',
			};
		}
	}
}

/** Dexie hands on what went wrong inside an error of its own. */
function causeOf(error: unknown): 'newer' | 'incomplete' | 'unknown' {
	for (let at = error; at instanceof Error; at = 'inner' in at ? at.inner : at.cause) {
		if (at instanceof NewerDatabaseError) return 'newer';
		if (at instanceof IncompleteDatabaseError) return 'incomplete';
	}
	return 'unknown';
}
