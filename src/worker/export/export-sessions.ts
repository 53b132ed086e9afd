import type {
	ExportAsk,
	ExportNews,
	LeftOut,
	ManifestFile,
	ManifestSession,
} from '$lib/domain/export/manifest';
import { manifestSession } from '$lib/domain/export/manifest';
import { Paths } from '$lib/domain/export/names';
import { piecesOf, type Piece } from '$lib/domain/export/session-pieces';
import type { SessionRow } from '$lib/domain/session-row';
import { ticketName } from '$lib/domain/tickets/ticket';
import type { MusterDb } from '$lib/store/db';
import { branchesOf } from '$lib/store/relations';
import { eventsAfter } from '$lib/store/sessions';
import { rowsById } from '$lib/store/session-windows';
import { ticketById } from '$lib/store/tickets';
import { Archive } from './archive';

/** Rows read at once. Logs are read one at a time. */
const WINDOW = 100;
/** A zip without extensions has 65,535 entries and 4 GiB at most; one session's part must still fit. */
const MOST = { entries: 60_000, bytes: 3 * 1024 ** 3 };
/** Between two words on how far it is, ms. */
const NEWS_MS = 100;

/**
 * Packs sessions into archives, reading them one after the other. A session that can't be read is left out, and said
 * so. `most`: where another archive is begun. Throws what the database throws when it is gone.
 */
export async function* exportSessions(
	db: MusterDb,
	{ ids, wish, name }: ExportAsk,
	now: number,
	most = MOST,
): AsyncGenerator<ExportNews> {
	const tickets = new TicketNames(db);
	let part = new Part();
	let parts = 0;
	let exported = 0;
	const leftOut: LeftOut[] = [];
	let told = 0;
	const close = (): ExportNews => {
		parts++;
		const manifest = {
			format: 'muster-export',
			v: 1,
			exported: new Date(now).toISOString(),
			part: parts,
			contents: wish,
			sessions: part.sessions,
			leftOut: part.leftOut,
		} as const;
		part.archive.add('manifest.json', [`${JSON.stringify(manifest, null, 2)}\n`]);
		const blob = part.archive.finish();
		part = new Part();
		return { is: 'archive', blob, name: `${name}${parts > 1 ? `-${parts}` : ''}.zip` };
	};
	for (let from = 0; from < ids.length; from += WINDOW) {
		const window = ids.slice(from, from + WINDOW);
		const rows = await rowsById(db, window);
		for (const [place, id] of window.entries()) {
			if (Date.now() - told > NEWS_MS) {
				told = Date.now();
				yield { is: 'progress', done: from + place, of: ids.length };
			}
			const row = rows[place];
			const { archive } = part;
			if (archive.entries >= most.entries || archive.bytes >= most.bytes) yield close();
			if (!row) {
				const gone = { id, title: '', why: 'It is no longer on this device.' };
				part.leftOut.push(gone);
				leftOut.push(gone);
				continue;
			}
			for (const one of await conversation(db, row)) {
				const read = await piecesFrom(db, one, wish);
				if (typeof read === 'string') {
					// A branch without anything of its own is no loss.
					if (one !== row) continue;
					const without = { id: one.id, title: one.title, why: read };
					part.leftOut.push(without);
					leftOut.push(without);
				} else {
					part.add(one, read, await tickets.of(one.ticketId));
					exported++;
				}
			}
		}
	}
	yield { is: 'progress', done: ids.length, of: ids.length };
	if (exported > 0) yield close();
	yield { is: 'done', exported, leftOut };
}

/** A chat stands for its branches too. */
async function conversation(db: MusterDb, row: SessionRow): Promise<SessionRow[]> {
	if (!row.place.startsWith('chat')) return [row];
	return [row, ...(await branchesOf(db, [row.id]))];
}

/** What to pack of a session; or why there is nothing. */
async function piecesFrom(
	db: MusterDb,
	{ id }: SessionRow,
	wish: ExportAsk['wish'],
): Promise<Piece[] | string> {
	const all = await eventsAfter(db, id, -1);
	const events = all.filter(({ kind }) => kind !== 'part-delta');
	if (events.length === 0) return 'Its messages are no longer on this device.';
	try {
		const pieces = piecesOf(id, events, wish);
		return pieces.length > 0 ? pieces : 'It has no output and no files.';
	} catch {
		return 'Its messages could not be read.';
	}
}

/** One archive that is being written. */
class Part {
	archive = new Archive();
	sessions: ManifestSession[] = [];
	leftOut: LeftOut[] = [];
	#paths = new Paths();

	constructor() {
		this.#paths.file('', 'manifest.json');
	}

	add(row: SessionRow, pieces: readonly Piece[], ticket: string | null): void {
		const day = new Date(row.startedAt).toISOString().slice(0, 10);
		const folder = this.#paths.folder(`${day} ${row.title}`);
		const files = pieces.map(({ text, path, ...piece }): ManifestFile => {
			const given = this.#paths.file(folder, path);
			const packed = this.archive.add(given, text);
			return {
				...piece,
				path: given,
				...(given !== `${folder}/${path}` && { name: path }),
				...packed,
			};
		});
		this.sessions.push(manifestSession(row, ticket, files));
	}
}

class TicketNames {
	#db: MusterDb;
	#known = new Map<string, string | null>();

	constructor(db: MusterDb) {
		this.#db = db;
	}

	async of(id: string | null): Promise<string | null> {
		if (id === null) return null;
		const known = this.#known.get(id);
		if (known !== undefined) return known;
		const ticket = await ticketById(this.#db, id);
		const name = ticket ? ticketName(ticket) : null;
		this.#known.set(id, name);
		return name;
	}
}
