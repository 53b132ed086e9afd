/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun by then, and the memory is given back.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name any file system takes: letters and digits of the title, and an ending. */
export function fileName(title: string, ending: string): string {
	const words = title
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
	return `${words.slice(0, 60).replace(/-+$/, '') || 'session'}.${ending}`;
}
