import type { Failure } from '$lib/domain/log/event';
import { StorageFullError } from '$lib/store/log';
import { openFailure } from '$lib/store/open-failure';
import { ModelError } from '../models/model-port';

/** What went wrong while syncing, in words for a person. */
export function syncFailure(error: unknown): Failure {
	if (error instanceof ModelError) return error.failure;
	if (error instanceof StorageFullError)
		return {
			code: 'storage-full',
			message: 'There is no room left on this device for what comes from the others.',
			advice:
				'Free some space (Settings, Storage shows what is used), then reload. It comes again.',
		};
	if (isOfDatabase(error)) return openFailure(error);
	return {
		code: 'sync-fault',
		message: `Something went wrong while syncing (${error instanceof Error ? error.message : 'unknown'}).`,
		advice: 'What is on this device is saved. Reload to try again.',
	};
}

/** Dexie names its errors; those of the browser's database have a DOMException inside. */
function isOfDatabase(error: unknown): boolean {
	return error instanceof Error && ('inner' in error || error.name === 'DatabaseClosedError');
}
