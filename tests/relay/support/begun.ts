import { TestClient } from './client';
import { startRelay, type TestRelay, type TestRelayOptions } from './relay';
import { devices, TestWorkspace } from './workspace';
import type { DeviceKeys } from '../../../src/lib/wire/device';

const [anna] = (await devices(1)) as [DeviceKeys];

export interface Begun {
	readonly relay: TestRelay;
	readonly workspace: TestWorkspace;
	readonly device: DeviceKeys;
	/** The socket that began the workspace. */
	readonly client: TestClient;
	/** One more socket of the same device. */
	readonly another: (url?: string) => Promise<TestClient>;
}

/** A relay with a workspace, and a socket in it. */
export async function begun(options: TestRelayOptions = {}): Promise<Begun> {
	const relay = await startRelay(options);
	const workspace = await TestWorkspace.begin(anna);
	const client = await beginAt(relay.url, workspace, anna);
	const another = (url = relay.url) => TestClient.connect(url, workspace, anna);
	return { relay, workspace, device: anna, client, another };
}

/** Begins a workspace on a relay; gives the socket. */
export async function beginAt(
	url: string,
	workspace: TestWorkspace,
	device: DeviceKeys,
): Promise<TestClient> {
	const client = await TestClient.dial(url);
	await client.auth(workspace, device, { begin: true });
	await client.next('ready');
	return client;
}
