// `npm run relay`: the relay alone, settings by environment (docs/sync.md, 7.2).
import { ensureInstalled, ensureRelayBuilt, relayEntry, requireNode } from './prepare.mjs';

requireNode();
try {
	await ensureInstalled();
	await ensureRelayBuilt();
	await import(relayEntry('main'));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(process.exitCode || 1);
}
