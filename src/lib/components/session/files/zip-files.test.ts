import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipFiles } from './zip-files';

test('an archive holds every file whole, in its folder', async () => {
	const files = [
		{ path: 'notes/summary.md', text: '# Résumé\n' },
		{ path: 'empty.txt', text: '' },
		{ path: 'big.log', text: 'a line of the log\n'.repeat(60_000) },
	];
	const zip = unzipSync(new Uint8Array(await (await zipFiles(files)).arrayBuffer()));
	const read = Object.entries(zip).map(([path, bytes]) => ({ path, text: strFromU8(bytes) }));
	expect(read).toEqual(files);
});
