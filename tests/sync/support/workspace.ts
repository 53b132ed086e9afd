import type { DeviceKeys } from '../../../src/lib/wire/device';
import { encodeStatement } from '../../../src/lib/wire/statement';
import { devices as newDevices, TestWorkspace } from '../../relay/support/workspace';
import { SyncDevice } from './device';

/** A workspace with this many devices, all of them known to the relay. */
export async function workspaceOf(
	count: number,
	url: string,
): Promise<{ workspace: TestWorkspace; devices: DeviceKeys[] }> {
	const devices = await newDevices(count);
	const [first, ...others] = devices;
	if (!first) throw new RangeError('A workspace has a device');
	const workspace = await TestWorkspace.begin(first);
	const beginner = new SyncDevice(url, workspace, first, { begins: true });
	beginner.connection.start();
	await beginner.until(() => beginner.connection.state.kind === 'ready', 'ready');
	for (const device of others) {
		const adding = await workspace.adding(first, device);
		await beginner.connection.append(encodeStatement(adding));
		await workspace.take(adding);
	}
	await beginner.stop();
	return { workspace, devices };
}
