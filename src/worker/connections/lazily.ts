import { ModelError } from '../models/model-port';

/**
 * A part of the worker that is loaded when first needed. Throws {@link ModelError} (`not-loaded`) where it can't be
 * fetched: the app was updated under a page that is still open, or the page was never whole on this device.
 */
export async function lazily<T>(load: () => Promise<T>): Promise<T> {
	try {
		return await load();
	} catch {
		throw new ModelError(
			{
				code: 'not-loaded',
				message: 'A part of the app could not be loaded.',
				advice: 'Reload the page. If you are offline, do so once you are back online.',
			},
			true,
		);
	}
}
