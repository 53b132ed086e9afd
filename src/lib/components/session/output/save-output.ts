import type { OutputItem } from '$lib/domain/views/transcript-items';
import { fileName, saveFile } from '../../shared/save-file';

/** Saves a structured output: as JSON where it is JSON, else the text as it came. */
export function saveOutput(title: string, { value, raw }: OutputItem): void {
	const isJson = value !== undefined;
	const text = isJson ? `${JSON.stringify(value, null, 2)}\n` : raw;
	const type = isJson ? 'application/json' : 'text/plain';
	saveFile(new Blob([text], { type }), fileName(title, isJson ? 'json' : 'txt'));
}
