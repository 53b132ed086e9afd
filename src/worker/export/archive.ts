import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { strToU8, Zip, ZipDeflate } from 'fflate';

/** UTF-16 units packed at once. */
const BITE = 256 * 1024;
/** Packed bytes held in memory before the browser is given them to keep. */
const HELD = 8 * 1024 * 1024;

/** A zip that is packed as it is written: only what was packed last is in memory. */
export class Archive {
	#zip: Zip;
	#held: Uint8Array<ArrayBuffer>[] = [];
	#heldBytes = 0;
	#kept: Blob[] = [];
	#failure: Error | null = null;
	/** Packed so far. */
	bytes = 0;
	entries = 0;

	constructor() {
		this.#zip = new Zip((error, data) => {
			if (error) this.#failure ??= error;
			else this.#take(new Uint8Array(data));
		});
	}

	/** Throws when it cannot be packed. The archive is of no use then. */
	add(path: string, text: Iterable<string>): { size: number; sha256: string } {
		const entry = new ZipDeflate(path, { level: 6 });
		this.#zip.add(entry);
		this.entries++;
		const hash = sha256.create();
		let size = 0;
		for (const bytes of inBites(text)) {
			hash.update(bytes);
			size += bytes.length;
			entry.push(bytes);
			if (this.#failure) throw this.#failure;
		}
		entry.push(new Uint8Array(), true);
		return { size, sha256: bytesToHex(hash.digest()) };
	}

	finish(): Blob {
		this.#zip.end();
		if (this.#failure) throw this.#failure;
		this.#keep();
		return new Blob(this.#kept, { type: 'application/zip' });
	}

	#take(data: Uint8Array<ArrayBuffer>): void {
		this.#held.push(data);
		this.#heldBytes += data.length;
		this.bytes += data.length;
		if (this.#heldBytes >= HELD) this.#keep();
	}

	#keep(): void {
		this.#kept.push(new Blob(this.#held));
		this.#held = [];
		this.#heldBytes = 0;
	}
}

/** Small pieces together, large ones cut; never between the halves of a character. */
function* inBites(text: Iterable<string>): Generator<Uint8Array> {
	let waiting: string[] = [];
	let length = 0;
	for (const piece of text) {
		for (let from = 0; from < piece.length;) {
			let to = Math.min(piece.length, from + BITE);
			if (to < piece.length && /[\ud800-\udbff]/.test(piece.charAt(to - 1))) to++;
			waiting.push(piece.slice(from, to));
			length += to - from;
			from = to;
			if (length < BITE) continue;
			yield strToU8(waiting.join(''));
			waiting = [];
			length = 0;
		}
	}
	if (length > 0) yield strToU8(waiting.join(''));
}
