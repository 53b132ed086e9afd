import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSINGS } from '../../src/lib/wire/close-codes';
import { isRoom } from '../../src/lib/wire/ids';
import type { Peer, RelayContext } from '../context';
import { isLoopback, isLoopbackHost } from '../settings';
import { Connection } from './connection';
import { PlainConnection } from './plain';

/** ws closes a socket with 1009 where a frame is too long; ours says which limit that was [7.3]. */
class RelaySocket extends WebSocket {
	override close(code?: number, reason?: string | Buffer): void {
		if (code === 1009) super.close(CLOSINGS.frame.code, CLOSINGS.frame.reason);
		else super.close(code, reason);
	}
}

export interface UpgradesOptions {
	readonly server: Server;
	readonly relay: RelayContext;
	/** No other sockets are served here, so that rooms of the plain protocol may stand at the root [7.6]. */
	readonly alone: boolean;
}

/** Takes the sockets of an HTTP server, until it is closed. */
export function takeUpgrades({ server, relay, alone }: UpgradesOptions): { close(): void } {
	const { settings, seats } = relay;
	const sockets = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false, // of ciphertext there is nothing to gain
		maxPayload: settings.frameBytes,
		WebSocket: RelaySocket,
	});
	const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		const path = pathOf(request);
		const room = settings.auth ? null : plainRoom(path, alone);
		const peer = peerOf(request, settings.names);
		if (settings.auth ? path !== '/sync' : room === null) return refuse(socket, '404 Not Found');
		// A page from anywhere can dial this machine, and without auth it would be let in.
		if (!settings.auth && !peer.local) return refuse(socket, '403 Forbidden');
		sockets.handleUpgrade(request, socket, head, (ws) => {
			const seat = seats.take(peer.address);
			if (!seat) {
				ws.on('error', () => undefined);
				ws.close(CLOSINGS.connections.code, CLOSINGS.connections.reason);
				// It has no seat to wait in.
				setTimeout(() => ws.terminate(), 1_000).unref();
			} else if (room === null) new Connection(ws, peer, seat, relay);
			else new PlainConnection(ws, room, seat, relay);
		});
	};
	server.on('upgrade', onUpgrade);
	return {
		close() {
			server.off('upgrade', onUpgrade);
			server.on('upgrade', (_request, socket) => refuse(socket, '503 Service Unavailable'));
		},
	};
}

function refuse(socket: Duplex, status: string): void {
	socket.on('error', () => undefined);
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

const pathOf = ({ url }: IncomingMessage): string => (url ?? '/').replace(/\?.*$/s, '');

function plainRoom(path: string, alone: boolean): string | null {
	const room =
		/^\/sync\/([^/]+)$/.exec(path)?.[1] ?? (alone ? /^\/([^/]+)$/.exec(path)?.[1] : null);
	return room && isRoom(room) ? room : null;
}

function peerOf({ headers, socket }: IncomingMessage, names: readonly string[]): Peer {
	const address = socket.remoteAddress ?? '';
	const proxied = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
	return {
		address,
		local: isLoopback(address) && !proxied && isLocalPage(headers.origin),
		hosts: names.length ? names : [(headers.host ?? '').toLowerCase()],
	};
}

/** Also where there is no page at all. */
function isLocalPage(origin: string | undefined): boolean {
	if (origin === undefined) return true;
	try {
		return isLoopbackHost(new URL(origin).hostname);
	} catch {
		return false;
	}
}
