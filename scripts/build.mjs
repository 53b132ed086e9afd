// `npm run build`: builds the app into build/, whatever was there.
import { buildApp, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
try {
	await ensureInstalled();
	await buildApp();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(process.exitCode || 1);
}
