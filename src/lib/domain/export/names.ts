/** Names of what is put into an archive: agents and models chose them, and they must do no harm where it is unpacked. */

/** Bytes of UTF-8 one name may have: file systems take 255, and a number may be added. */
const MOST_BYTES = 120;
/** Folders within each other; what lies deeper is put side by side. */
const MOST_FOLDERS = 12;

/** Control characters, and what cannot be seen or turns the text around it. */
const unseen =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5|[\u180b-\u180d]|\u180f|[\ufe00-\ufe0f]/gu;
/** What Windows keeps for devices, whatever the ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/** A name that every file system takes, and that is what it looks like. */
export function safeName(wanted: string): string {
	const plain = wanted
		.toWellFormed()
		.normalize('NFC')
		.replace(unseen, '')
		.replace(/[<>:"/\\|?*\ufffd]/g, '-')
		.replace(/\s+/gu, ' ')
		.trim()
		.replace(/[. ]+$/, '');
	const short = shortened(plain).replace(/[. ]+$/, '');
	if (short === '') return 'unnamed';
	return device.test(short) ? `_${short}` : short;
}

/** Cut to its most bytes; a short ending stays. */
function shortened(name: string): string {
	const ending = /\.[^.\s]{1,12}$/u.exec(name)?.[0] ?? '';
	const room = MOST_BYTES - bytesOf(ending);
	const stem = name.slice(0, name.length - ending.length);
	let kept = '';
	let bytes = 0;
	for (const char of stem) {
		bytes += bytesOf(char);
		if (bytes > room) break;
		kept += char;
	}
	return (kept.length < stem.length ? kept.trimEnd() : kept) + ending;
}

function bytesOf(text: string): number {
	let bytes = 0;
	for (const char of text) {
		const point = char.codePointAt(0) ?? 0;
		bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	}
	return bytes;
}

/**
 * Gives out paths within one archive. No two are the same where case does not count, none leads out of the archive,
 * and none is a file where another one needs a folder.
 */
export class Paths {
	/** By path in lower case. */
	#taken = new Set<string>();
	/** By path in lower case: the number the next one of the same name is tried with. */
	#numbers = new Map<string, number>();
	/** What a wanted folder is called. */
	#folders = new Map<string, string>();

	/** A folder of its own, whatever others were wanted. */
	folder(wanted: string): string {
		return this.#free(safeName(wanted), 'folder');
	}

	/** `wanted` is a path with `/` between folders; the file stands in `folder`, or further down. */
	file(folder: string, wanted: string): string {
		const parts = wanted.split(/[/\\]+/).filter((part) => !/^\s*\.{0,2}\s*$/.test(part));
		const name = safeName(parts.pop() ?? '');
		const [kept, rest] = [parts.slice(0, MOST_FOLDERS), parts.slice(MOST_FOLDERS)];
		const within = kept.reduce((above, part) => this.#shared(above, part), folder);
		return this.#free(join(within, safeName([...rest, name].join('-'))), 'file');
	}

	/** The same folder whenever the same one is wanted. */
	#shared(above: string, part: string): string {
		const key = `${above}/${part}`;
		const known = this.#folders.get(key);
		if (known !== undefined) return known;
		const given = this.#free(join(above, safeName(part)), 'folder');
		this.#folders.set(key, given);
		return given;
	}

	#free(path: string, as: 'file' | 'folder'): string {
		const ending = as === 'file' ? (/[^/](\.[^./]{1,12})$/.exec(path)?.[1] ?? '') : '';
		const stem = path.slice(0, path.length - ending.length);
		let free = path;
		let n = this.#numbers.get(lower(path)) ?? 2;
		for (; this.#taken.has(lower(free)); n++) free = `${stem} (${n})${ending}`;
		this.#numbers.set(lower(path), n);
		this.#taken.add(lower(free));
		return free;
	}
}

const join = (above: string, name: string) => (above === '' ? name : `${above}/${name}`);
const lower = (path: string) => path.toLowerCase().toUpperCase();
