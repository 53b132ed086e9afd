import { connect, createServer } from 'node:net';

/**
 * A way to a port of this machine that takes its time: everything comes out `ms` after it went in, in its order, and
 * however much is under way.
 * @param {number} port
 * @param {number} ms one way
 * @returns {Promise<{ port: number, stop: () => void }>}
 */
export function farAway(port, ms) {
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	const server = createServer((near) => {
		const far = connect(port, '127.0.0.1');
		for (const [from, to] of [
			[near, far],
			[far, near],
		]) {
			sockets.add(from);
			from.setNoDelay(true);
			from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), ms));
			from.on('end', () => setTimeout(() => to.end(), ms));
			from.on('error', () => to.destroy());
			from.on('close', () => sockets.delete(from));
		}
	});
	return new Promise((done) => {
		server.listen(0, '127.0.0.1', () => {
			const address = /** @type {import('node:net').AddressInfo} */ (server.address());
			const stop = () => {
				server.close();
				for (const socket of sockets) socket.destroy();
			};
			done({ port: address.port, stop });
		});
	});
}
