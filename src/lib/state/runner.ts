import type { SessionRow } from '../domain/session-row';
import { app } from './app.svelte';
import { sync } from './sync.svelte';

/** What stands after "Running" in a row: the device, where that is another one ("on Laptop"); else how far it is. */
export function runningDetail({ status, runner, progress }: SessionRow): string {
	const isElsewhere =
		status === 'running' && runner !== undefined && runner.device !== app.settings?.deviceId;
	// As it is called now: when it began the run it may not have had a name.
	return isElsewhere && app.settings ? `on ${sync.nameOf(runner.device) ?? runner.name}` : progress;
}
