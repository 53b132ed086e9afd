import { startRelay } from '../../relay/support/relay';
import type { Reply } from '../../support/engine';
import { WholeDevice, type WholeDeviceOptions } from './whole-device';
import { workspaceOf } from './workspace';

/** Two devices of one workspace, on a relay of their own; what the models of each say. */
export async function two(
	laptop: Reply[] = [],
	tablet: Reply[] = [],
	ofTablet: WholeDeviceOptions = {},
) {
	const { url } = await startRelay();
	const { workspace, devices } = await workspaceOf(2, url);
	const [first, second] = devices;
	if (!first || !second) throw new Error('There are no devices');
	return {
		laptop: new WholeDevice(url, workspace, first, 'laptop', laptop),
		tablet: new WholeDevice(url, workspace, second, 'tablet', tablet, ofTablet),
	};
}

export const start = { kind: 'start', agentId: null, prompt: 'How do tides work' } as const;

/** Once both have the same log, whichever of them changes to that end. Fails by never coming true. */
export async function alike(one: WholeDevice, other: WholeDevice): Promise<void> {
	await one.synced();
	await other.synced();
	await other.engine.until(
		async () => [await one.ids(), await other.ids()].map((ids) => ids.join()),
		([here, there]) => here === there,
	);
}
