import type { FileSink } from '$lib/state/transfer.svelte';
import { saveFile } from '../../shared/save-file';

interface PickerWindow {
	showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

/** Parts are made a Blob of at this size, which the browser may keep on the disk. */
const BLOB_BYTES = 16 * 1024 * 1024;

/**
 * Where a file is to be written: straight to the disk where the browser lets a page do that, else to its downloads.
 * Must be asked for while a person's click is being handled. Null: the person chose no place.
 */
export async function fileSink(name: string): Promise<FileSink | null> {
	const { showSaveFilePicker } = window as PickerWindow;
	if (!showSaveFilePicker) return downloadSink(name);
	try {
		return await diskSink(await showSaveFilePicker({ suggestedName: name }));
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return null;
		return downloadSink(name);
	}
}

async function diskSink(handle: FileSystemFileHandle): Promise<FileSink> {
	const file = await handle.createWritable();
	return {
		async write(bytes) {
			for (const chunk of bytes) await file.write(chunk);
		},
		async close() {
			await file.close();
			return handle.name;
		},
		// What was at its place before stays as it was: the browser writes beside it until the end.
		abort: () => file.abort(),
	};
}

function downloadSink(name: string): FileSink {
	let whole: Blob[] = [];
	let parts: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	const pack = () => {
		whole.push(new Blob(parts));
		parts = [];
		length = 0;
	};
	return {
		write(bytes) {
			for (const chunk of bytes) {
				parts.push(chunk);
				length += chunk.length;
				if (length >= BLOB_BYTES) pack();
			}
			return Promise.resolve();
		},
		close() {
			pack();
			saveFile(new Blob(whole, { type: 'application/octet-stream' }), name);
			whole = [];
			return Promise.resolve(name);
		},
		abort() {
			whole = [];
			parts = [];
			return Promise.resolve();
		},
	};
}
