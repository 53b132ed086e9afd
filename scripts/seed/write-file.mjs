// A workspace file from its lines, written with Node's own zip and hash: not by the code of the app, which reads it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Characters handed to the zip in one go. */
const PIECE = 1_000_000;

/**
 * @param {string} path
 * @param {Iterable<any>} lines those between the first and the last
 * @param {{ writtenAt: number, workspace: string }} head
 * @returns {Promise<{ sessions: number, events: number }>}
 */
export async function writeWorkspaceFile(path, lines, head) {
	const hash = createHash('sha256');
	const zip = createGzip({ level: 6 });
	const file = zip.pipe(createWriteStream(path));
	const counts = { sessions: 0, events: 0, tickets: 0, ticketEvents: 0, agents: 0 };
	let piece = `${JSON.stringify({ format: 'muster-workspace', version: 1, ...head })}\n`;
	let session = '';
	let ticket = '';
	const flush = async () => {
		hash.update(piece);
		if (!zip.write(piece)) await once(zip, 'drain');
		piece = '';
	};
	for (const line of lines) {
		if (line.event) {
			counts.events++;
			if (line.event.sessionId !== session) counts.sessions++;
			session = line.event.sessionId;
		} else if (line.ticket) {
			counts.ticketEvents++;
			if (line.ticket.ticketId !== ticket) counts.tickets++;
			ticket = line.ticket.ticketId;
		} else if (line.agent) counts.agents++;
		piece += `${JSON.stringify(line)}\n`;
		if (piece.length > PIECE) await flush();
	}
	await flush();
	zip.end(`${JSON.stringify({ end: { ...counts, sha256: hash.digest('hex') } })}\n`);
	await finished(file);
	return counts;
}
