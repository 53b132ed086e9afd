/** The built app with a model server that misbehaves on demand. */
import { FaultServer } from '../../fakes/fault-server';
import { test as base, type App } from './app';
import { connectEndpoint, type EndpointChoice } from './connections';
import { startRun, type NewRunWish, type Run } from './runs';

interface Fixtures {
	/** A model server of this test's own. */
	fault: FaultServer;
}

export const test = base.extend<Fixtures>({
	fault: async ({}, use) => {
		const fault = new FaultServer();
		await fault.start();
		await use(fault);
		await fault.stop();
	},
});

export { expect } from './app';

/** From a device that has never seen the app to a run on the fault server. */
export async function runOn(
	app: App,
	fault: FaultServer,
	wish: NewRunWish,
	endpoint: Partial<EndpointChoice> = {},
): Promise<Run> {
	await app.open('/');
	await connectEndpoint(app.page, { url: fault.url, ...endpoint });
	return startRun(app.page, wish);
}
