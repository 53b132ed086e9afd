import { createServer } from 'node:net';

/**
 * The wished port when nobody listens there, else one the system gives.
 * @param {number} wished
 * @returns {Promise<number>}
 */
export async function freePort(wished) {
	return (await tryPort(wished)) ?? (await tryPort(0)) ?? wished;
}

/** @param {number} port @returns {Promise<number | null>} */
function tryPort(port) {
	return new Promise((done) => {
		const probe = createServer();
		probe.once('error', () => done(null));
		probe.listen(port, 'localhost', () => {
			const address = probe.address();
			probe.close(() => done(address && typeof address === 'object' ? address.port : null));
		});
	});
}
