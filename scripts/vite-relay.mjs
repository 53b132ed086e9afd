// How the relay is bundled: our TypeScript in two files, packages where they are.
import { defineConfig } from 'vite';
import { root } from './sources.mjs';

export default defineConfig({
	root,
	publicDir: false,
	build: {
		ssr: true,
		outDir: 'build-relay',
		emptyOutDir: true,
		target: 'node20',
		rolldownOptions: {
			input: { main: 'sync-server/main.ts', carried: 'sync-server/carried.ts' },
		},
	},
});
