import { strToU8, zip, type AsyncZippable } from 'fflate';

/** One archive of text files, packed in steps beside the page's own work. Throws when it cannot be made. */
export function zipFiles(
	files: readonly { path: string; text: string }[],
): Promise<Uint8Array<ArrayBuffer>> {
	const entries: AsyncZippable = {};
	for (const { path, text } of files) entries[path] = strToU8(text);
	return new Promise((resolve, reject) => {
		zip(entries, { level: 6 }, (error, data) =>
			error ? reject(error) : resolve(new Uint8Array(data)),
		);
	});
}
