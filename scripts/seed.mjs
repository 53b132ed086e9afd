// `npm run seed [-- --sessions N --out file --seed number --until date]`: writes a workspace file with 100,000
// believable sessions, to be imported in the app. The same for the same seed and date.
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seedLines } from './seed/workspace.mjs';
import { writeWorkspaceFile } from './seed/write-file.mjs';

const { values } = parseArgs({
	options: {
		sessions: { type: 'string', default: '100000' },
		out: { type: 'string', default: 'seed.muster' },
		seed: { type: 'string', default: '1' },
		until: { type: 'string', default: new Date().toISOString() },
	},
});
const sessions = Number(values.sessions);
const seed = Number(values.seed);
const until = Date.parse(values.until);
if (!Number.isInteger(sessions) || sessions < 0 || !Number.isInteger(seed) || Number.isNaN(until)) {
	console.error(
		'Usage: npm run seed -- [--sessions 100000] [--out seed.muster] [--seed 1] [--until 2026-07-16]',
	);
	process.exit(1);
}
const lines = seedLines({ sessions, seed, until });
const head = { writtenAt: until, workspace: 'Seeded workspace' };
const { events } = await writeWorkspaceFile(values.out, lines, head);
const size = (statSync(values.out).size / 1e6).toFixed(1);
console.log(
	`${values.out}: ${sessions.toLocaleString('en')} sessions, ${events.toLocaleString('en')} events, ${size} MB`,
);
console.log('In the app: Settings, Import and export, Import…, and choose the file.');
