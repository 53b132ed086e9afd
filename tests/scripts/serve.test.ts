import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';

const files = {
	'index.html': `<meta content="script-src 'self' 'sha256-abc='">the page`,
	'sw.js': '',
	'manifest.webmanifest': '{}',
	'_app/immutable/chunks/a.js': '',
	'_app/immutable/workers/engine-worker-X1.js': '',
	'_app/immutable/workers/highlight-worker-X1.js': '',
	'.sources': 'not for the web',
};

let dir: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
	dir = mkdtempSync(join(tmpdir(), 'muster-serve-'));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
	server = await serve({ port: 0, dir });
});

afterAll(async () => {
	await server.close();
	rmSync(dir, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
const policy = async (path: string) =>
	(await get(path)).headers.get('content-security-policy') ?? '';

describe('the server of the built app', () => {
	test.each(['/', '/runs', '/runs/01J?new=1'])('answers %s with the page', async (path) => {
		const answer = await get(path);
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain('the page');
		expect(answer.headers.get('cache-control')).toBe('no-cache');
		expect(answer.headers.get('content-security-policy')).toContain(
			"script-src 'self' 'sha256-abc='",
		);
	});

	test('lets nobody frame the page, sniff a type or learn an address', async () => {
		const { headers } = await get('/');
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('no-referrer');
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
	});

	test('lets the engine worker alone reach model endpoints', async () => {
		const engine = await policy('/_app/immutable/workers/engine-worker-X1.js');
		expect(engine).toContain("connect-src 'self' https: http:");
		expect(await policy('/runs')).toContain("connect-src 'self';");
		expect(await policy('/_app/immutable/workers/highlight-worker-X1.js')).toBe(
			"default-src 'none'; script-src 'self'",
		);
		expect(await policy('/sw.js')).toBe(
			"default-src 'none'; script-src 'self'; connect-src 'self'",
		);
	});

	test('lets browsers keep what is named by its content, and nothing else', async () => {
		const kept = async (path: string) => (await get(path)).headers.get('cache-control');
		expect(await kept('/_app/immutable/chunks/a.js')).toContain('immutable');
		expect(await kept('/sw.js')).toBe('no-cache');
		expect(await kept('/manifest.webmanifest')).toBe('no-cache');
	});

	test.each(['/_app/immutable/chunks/gone.js', '/.sources', '/..%2f..%2fetc/passwd.txt'])(
		'has no file %s, and does not pass the page off as one',
		async (path) => {
			expect((await get(path)).status).toBe(404);
		},
	);

	test('takes no writes', async () => {
		expect((await get('/', { method: 'POST' })).status).toBe(405);
	});

	test('says what to do when the port is taken', async () => {
		await expect(serve({ port: server.port, dir })).rejects.toThrow(
			`PORT=${server.port + 1} npm start`,
		);
	});

	test('says what to do when there is no build', async () => {
		await expect(serve({ port: 0, dir: join(dir, 'missing') })).rejects.toThrow('npm run build');
	});
});
