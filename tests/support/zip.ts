import { gunzipSync, gzipSync } from 'node:zlib';

export function unzipped(file: Uint8Array): string {
	return gunzipSync(file).toString('utf8');
}

export function zipped(text: string): Uint8Array<ArrayBuffer> {
	return new Uint8Array(gzipSync(text));
}
