// What y-websocket's own server does, and no more: documents in memory, nothing kept. The floor of relay.bench.mjs.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

/** @type {Map<string, { doc: Y.Doc, sockets: Set<import('ws').WebSocket> }>} */
const rooms = new Map();
const server = createServer((_request, response) => {
	const { user, system } = process.cpuUsage();
	response.end(`muster_relay_cpu_seconds ${(user + system) / 1e6}\n`);
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

/** @param {string} name */
function roomOf(name) {
	const known = rooms.get(name);
	if (known) return known;
	const room = { doc: new Y.Doc(), sockets: new Set() };
	room.doc.on('update', (update, from) => {
		const to = encoding.createEncoder();
		encoding.writeVarUint(to, 0);
		sync.writeUpdate(to, update);
		const message = encoding.toUint8Array(to);
		for (const ws of room.sockets) if (ws !== from) ws.send(message);
	});
	rooms.set(name, room);
	return room;
}

sockets.on('connection', (ws, request) => {
	const { doc, sockets: all } = roomOf(request.url ?? '/');
	all.add(ws);
	ws.on('close', () => all.delete(ws));
	ws.on('message', (/** @type {Buffer} */ data) => {
		const from = decoding.createDecoder(data);
		const to = encoding.createEncoder();
		if (decoding.readVarUint(from) !== 0) return;
		encoding.writeVarUint(to, 0);
		sync.readSyncMessage(from, to, doc, ws);
		if (encoding.length(to) > 1) ws.send(encoding.toUint8Array(to));
	});
});
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (address && typeof address === 'object')
		console.log(`{"event":"listening","port":${address.port}}`);
});
