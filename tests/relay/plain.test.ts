import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MemoryStore } from '../../sync-server/store/memory-store';
import { startRelay, type TestRelayOptions } from './support/relay';

/** The stock client, as it comes. */
function stock(url: string, room: string, doc = new Y.Doc()) {
	const provider = new WebsocketProvider(url, room, doc, {
		WebSocketPolyfill: WebSocket as never,
		disableBc: true,
	});
	onTestFinished(() => provider.destroy());
	const synced = new Promise<void>((done) => provider.once('sync', () => done()));
	return { provider, doc, text: doc.getText('t'), synced };
}

/** Resolves once the text holds that. */
const holds = (text: Y.Text, part: string) =>
	new Promise<void>((done) => {
		const look = () => {
			if (!text.toString().includes(part)) return;
			text.unobserve(look);
			done();
		};
		text.observe(look);
		look();
	});

const plain = (options: TestRelayOptions = {}) =>
	startRelay({ alone: true, ...options, settings: { auth: false, ...options.settings } });

describe('[7.6] the plain protocol, with the stock client', () => {
	test.each([
		['under /sync', (relay: { url: string }) => relay.url],
		['at the root, when alone', (relay: { http: string }) => relay.http.replace('http', 'ws')],
	])('%s two documents converge', async (_, address) => {
		const relay = await plain();
		const [one, two] = [stock(address(relay), 'notes'), stock(address(relay), 'notes')];
		await Promise.all([one.synced, two.synced]);
		one.text.insert(0, 'hello ');
		two.text.insert(0, 'world ');
		await Promise.all([holds(one.text, 'world'), holds(two.text, 'hello')]);
		expect(one.text.toString()).toBe(two.text.toString());
	});

	test('what was written is there after a restart', async () => {
		const store = new MemoryStore();
		const relay = await plain({ store });
		const one = stock(relay.url, 'notes');
		await one.synced;
		one.text.insert(0, 'kept');
		const two = stock(relay.url, 'notes');
		await holds(two.text, 'kept');
		await relay.close();
		const again = await plain({ store });
		const three = stock(again.url, 'notes');
		await holds(three.text, 'kept');
	});

	test('awareness works: who is there is told, to those that come later too, and who goes is gone', async () => {
		const relay = await plain();
		const [one, two] = [stock(relay.url, 'notes'), stock(relay.url, 'notes')];
		await Promise.all([one.synced, two.synced]);
		const states = ({ provider }: typeof one) =>
			[...provider.awareness.getStates().values()].map(({ name }) => name as string).sort();
		const sees = (who: typeof one, names: string[]) =>
			new Promise<void>((done) => {
				const look = () => {
					if (JSON.stringify(states(who)) !== JSON.stringify(names)) return;
					who.provider.awareness.off('change', look);
					done();
				};
				who.provider.awareness.on('change', look);
				look();
			});
		one.provider.awareness.setLocalState({ name: 'Anna' });
		two.provider.awareness.setLocalState({ name: 'Ben' });
		await Promise.all([sees(one, ['Anna', 'Ben']), sees(two, ['Anna', 'Ben'])]);
		const three = stock(relay.url, 'notes');
		three.provider.awareness.setLocalState({ name: 'Cleo' });
		await sees(three, ['Anna', 'Ben', 'Cleo']);
		two.provider.ws?.close(); // without a word of its own
		two.provider.shouldConnect = false;
		await sees(one, ['Anna', 'Cleo']);
	});

	test('102 is answered when what came before is kept', async () => {
		const relay = await plain();
		const ws = new WebSocket(`${relay.url}/notes`);
		const answer = new Promise<Buffer>((done) =>
			ws.on('message', (data) => (data as Buffer)[0] === 102 && done(data as Buffer)),
		);
		await new Promise((done) => ws.once('open', done));
		ws.send(new Uint8Array([102, 7]));
		expect([...(await answer)]).toEqual([102, 7]);
		ws.terminate();
	});

	const refusal = (url: string, headers: Record<string, string> = {}) =>
		new Promise<number>((done) => {
			const ws = new WebSocket(url, { headers });
			ws.once('unexpected-response', (_request, response) => {
				done(response.statusCode ?? 0);
				ws.terminate();
			});
			ws.on('open', () => done(101));
			ws.on('error', () => undefined);
		});

	test('is not spoken to a page from elsewhere: a browser would dial this machine for it', async () => {
		const relay = await plain();
		expect(await refusal(`${relay.url}/notes`, { Origin: 'https://example.com' })).toBe(403);
		expect(await refusal(`${relay.url}/notes`, { Origin: 'http://localhost:5173' })).toBe(101);
	});

	test('is not spoken where devices have to show who they are, nor the other way round', async () => {
		const strict = await startRelay({ alone: true });
		expect(await refusal(`${strict.url}/notes`)).toBe(404);
		expect(await refusal(`${strict.http.replace('http', 'ws')}/notes`)).toBe(404);
		const open = await plain();
		expect(await refusal(`${open.url}/a%2Fb`)).toBe(404);
		const carried = await plain({ alone: false });
		expect(await refusal(`${carried.http.replace('http', 'ws')}/notes`)).toBe(404);
	});
});
