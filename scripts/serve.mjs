import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import {
	engineWorkerPolicy,
	pagePolicy,
	policyHeader,
	serviceWorkerPolicy,
	workerPolicy,
} from './csp.mjs';
import { root } from './sources.mjs';

/** On every answer. */
const always = {
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy':
		'accelerometer=(), camera=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
};

/** Named by their content, so they never change. */
const immutable = /^\/_app\/immutable\//;
const serviceWorker = /^\/(sw|workbox-[\w-]+|notification-click)\.js$/;
const engineWorker = /^\/_app\/immutable\/workers\/(.*\/)?engine-worker-[^/]*\.js$/;
const anyWorker = /^\/_app\/immutable\/workers\//;

/**
 * What answers under `/sync`, and `/health` and `/metrics` besides.
 * @typedef {object} Relay
 * @property {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse) => boolean} handle
 *   false where the address is not the relay's
 * @property {() => Promise<void>} close
 */

/**
 * Serves the built app: every address that is no file is the app's own route.
 * Files are looked up once, at the start: a new build needs a new server.
 * @param {object} [options]
 * @param {number} [options.port] 0 takes a free one
 * @param {string} [options.host]
 * @param {string} [options.dir] of the build
 * @param {(server: import('node:http').Server) => Promise<Relay | null>} [options.relay] puts one on the server,
 *   which closes with it; null where there is none after all
 * @returns {Promise<{ server: import('node:http').Server, url: string, port: number, close: () => Promise<void> }>}
 * @throws {Error} in words that say what to do, when there is no build or the port can't be had
 */
export async function serve({
	port = 4173,
	host = 'localhost',
	dir = join(root, 'build'),
	relay: begin = async () => null,
} = {}) {
	const index = join(dir, 'index.html');
	if (!existsSync(index)) throw new Error(`There is no built app in ${dir}. Run: npm run build`);
	const page = pageHeader(readFileSync(index, 'utf8'));
	const files = sirv(dir, {
		single: true,
		// A route has no segment that begins with a dot: that is a file we don't hand out.
		ignores: ['/\\.'],
		etag: true,
		gzip: true,
		brotli: true,
		setHeaders(res, path) {
			res.setHeader('Content-Security-Policy', policyFor(path) ?? page);
			res.setHeader(
				'Cache-Control',
				immutable.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
			);
		},
	});
	const server = createServer((req, res) => {
		for (const [name, value] of Object.entries(always)) res.setHeader(name, value);
		if (relay?.handle(req, res)) return;
		if (req.method !== 'GET' && req.method !== 'HEAD') {
			res.writeHead(405, { Allow: 'GET, HEAD' }).end();
			return;
		}
		files(req, res, () => {
			res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
		});
	});
	// Before anything can come in; a port that can't be had is not the store's fault.
	const relay = await begin(server);
	try {
		await listen(server, port, host);
	} catch (error) {
		await relay?.close();
		throw error;
	}
	const address = server.address();
	const taken = address && typeof address === 'object' ? address.port : port;
	const stop = async () => {
		await relay?.close();
		await close(server);
	};
	return { server, port: taken, url: `http://${host}:${taken}`, close: stop };
}

/** @param {string} path of the request @returns {string | null} null for a page or its files */
function policyFor(path) {
	if (engineWorker.test(path)) return policyHeader(engineWorkerPolicy);
	if (anyWorker.test(path)) return policyHeader(workerPolicy);
	if (serviceWorker.test(path)) return policyHeader(serviceWorkerPolicy);
	return null;
}

/**
 * The policy of the built page's meta tag (it knows the hashes of Kit's inline start script),
 * with what only a header can say.
 * @param {string} html
 */
function pageHeader(html) {
	const hashes = [...html.matchAll(/'(sha256-[^']+)'/g)].map(([, hash]) => hash ?? '');
	return policyHeader({
		...pagePolicy,
		'script-src': [...pagePolicy['script-src'], ...hashes],
		'frame-ancestors': ['none'],
	});
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 */
function listen(server, port, host) {
	return new Promise((done, fail) => {
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			fail(new Error(listenAdvice(error, port, host), { cause: error }));
		});
		server.listen(port, host, () => done(undefined));
	});
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 * @param {string} host
 */
function listenAdvice({ code, message }, port, host) {
	if (code === 'EADDRINUSE')
		return `Port ${port} is in use, perhaps by another Muster. Stop that, or choose another port: PORT=${port + 1} npm start`;
	if (code === 'EACCES')
		return `This user may not open port ${port}. Choose one above 1023: PORT=4173 npm start`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return `This machine has no address ${host}. Correct HOST, or leave it out.`;
	return message;
}

/** @param {import('node:http').Server} server @returns {Promise<void>} */
function close(server) {
	return new Promise((done) => {
		server.close(() => done());
		server.closeAllConnections();
	});
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({ options: { port: { type: 'string' }, dir: { type: 'string' } } });
	try {
		const { url } = await serve({ port: Number(values.port ?? 4173), dir: values.dir });
		console.log(url);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
