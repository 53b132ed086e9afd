// `npm run build`: builds the app into build/ and the relay into build-relay/, whatever was there.
import { buildApp, buildRelay, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
try {
	await ensureInstalled();
	await buildApp();
	await buildRelay();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(process.exitCode || 1);
}
