import { strToU8, Zip, ZipDeflate } from 'fflate';

/** Bytes packed between two pauses of the page. */
const BITE = 256 * 1024;

/**
 * One archive of text files. Packed here, bite by bite: the library's own way of doing it in the background
 * starts workers from text, which the policy of this app does not allow. Throws when it cannot be made.
 */
export async function zipFiles(files: readonly { path: string; text: string }[]): Promise<Blob> {
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let failure: Error | null = null;
	const zip = new Zip((error, data) => {
		if (error) failure = error;
		else chunks.push(new Uint8Array(data));
	});
	for (const { path, text } of files) {
		const entry = new ZipDeflate(path, { level: 6 });
		zip.add(entry);
		const bytes = strToU8(text);
		for (let from = 0; from < bytes.length; from += BITE) {
			entry.push(bytes.subarray(from, from + BITE), from + BITE >= bytes.length);
			await new Promise((resolve) => setTimeout(resolve));
		}
		if (bytes.length === 0) entry.push(bytes, true);
		if (failure) throw failure;
	}
	zip.end();
	return new Blob(chunks, { type: 'application/zip' });
}
