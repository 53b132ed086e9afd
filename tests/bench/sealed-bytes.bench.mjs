// What an answer that streams into a sealed room costs on the wire, beside the same answer in a plain Y.Text.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import * as Y from 'yjs';
import { root } from '../../scripts/sources.mjs';
import { ulid } from 'ulid';
import { answerTokens } from './support/answer.mjs';

/** A model writes 80 tokens a second, and four times a second they are made durable. */
const TOKENS = 2000;
const BATCHES = TOKENS / 20;

/** @param {import('../../scripts/bench.mjs').BenchContext} _ctx */
export async function run(_ctx) {
	const pieces = piecesOf();
	return [
		{
			measure: 'a streamed answer of 2,000 tokens: sealed bytes against a plain Y.Text',
			value: await sealed(pieces),
			floor: plain(pieces),
			unit: 'B',
			budget: 1.8,
		},
	];
}

function piecesOf() {
	const text = answerTokens(TOKENS).join('');
	const size = Math.ceil(text.length / BATCHES);
	return Array.from({ length: BATCHES }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** @param {string[]} pieces */
function plain(pieces) {
	const doc = new Y.Doc();
	let bytes = 0;
	doc.on('update', (update) => (bytes += update.length));
	for (const piece of pieces) doc.getText('answer').insert(doc.getText('answer').length, piece);
	return bytes;
}

/** As events of a log: pieces, and at the end the whole in their place. @param {string[]} pieces */
async function sealed(pieces) {
	const { RoomKeys, RoomShelf, SealedRoom, SessionDocument } = await bundled();
	const sessionId = ulid();
	const keys = new RoomKeys(new Map([[1, crypto.getRandomValues(new Uint8Array(32))]]));
	const name = await keys.nameOf(`session|${sessionId}`);
	const shelf = new RoomShelf();
	const failed = (/** @type {unknown} */ error) => {
		throw error;
	};
	const room = await SealedRoom.load({
		room: name,
		cipher: keys.cipher(name),
		store: shelf,
		failed,
	});
	let bytes = 0;
	room.outer.on('update', (/** @type {Uint8Array} */ update) => (bytes += update.length));
	const document = new SessionDocument(room.inner, sessionId);
	const write = async (/** @type {{ append: object[], remove: Set<string> }} */ change) => {
		await room.write(
			() => document.change(change),
			(/** @type {Uint8Array} */ update) => shelf.keep(name, update),
		);
		await room.seal();
	};
	const event = (/** @type {object} */ fields, /** @type {number} */ n) => ({
		...fields,
		v: 1,
		id: ulid(),
		sessionId,
		at: 1_784_000_000_000 + n * 250,
	});
	const part = { by: { kind: 'agent', actor: 'main' }, turnId: 'main.1', index: 0 };
	const remove = new Set();
	for (const [n, text] of pieces.entries()) {
		const piece = event({ kind: 'part-delta', ...part, part: 'text', text }, n);
		await write({ append: [piece], remove: new Set() });
		remove.add(piece.id);
	}
	const whole = event({ kind: 'text', ...part, text: pieces.join('') }, pieces.length);
	await write({ append: [whole], remove });
	return bytes;
}

async function bundled() {
	const outDir = mkdtempSync(join(root, 'node_modules', '.sealed-bench-'));
	try {
		await build({
			configFile: false,
			root,
			logLevel: 'error',
			resolve: { alias: { $lib: join(root, 'src/lib') } },
			build: {
				ssr: join(root, 'tests/bench/pages/sealed-rooms.ts'),
				outDir,
				emptyOutDir: true,
			},
		});
		return await import(pathToFileURL(join(outDir, 'sealed-rooms.js')).href);
	} finally {
		rmSync(outDir, { recursive: true, force: true });
	}
}
