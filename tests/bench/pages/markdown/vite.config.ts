import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: here('.'),
	base: './',
	publicDir: false,
	plugins: [svelte({ configFile: false })],
	resolve: { alias: { $lib: here('../../../../src/lib') } },
	worker: { format: 'es' },
	build: { emptyOutDir: true },
});
