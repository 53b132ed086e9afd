// `npm test [unit|browser|e2e] [arguments for the runners]`: everything, or one suite.
// The last line is the sum over all of them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, say, spawned } from './prepare.mjs';
import { root } from './sources.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

requireNode();
const [first = '', ...others] = process.argv.slice(2);
const suites = ['unit', 'browser', 'e2e'];
const only = suites.includes(first) ? first : null;
const extra = only ? others : process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'muster-test-'));
/** @type {Count} */
const total = { passed: 0, failed: 0, skipped: 0 };
try {
	await ensureInstalled();
	const { ensureChromium } = await import('./chromium.mjs');
	const env = { MUSTER_CHROMIUM: ensureChromium(say) };
	say(`testing with ${env.MUSTER_CHROMIUM}`);
	if (only !== 'e2e') add(await vitest(env));
	if (only !== 'unit' && only !== 'browser') {
		await ensureBuilt();
		add(await playwright(env));
	}
	if (total.passed + total.failed === 0) throw new Error('No test ran: nothing matches.');
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	total.failed += 1;
} finally {
	rmSync(reports, { recursive: true, force: true });
}
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed ? 1 : 0);

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Count>} */
async function vitest(env) {
	const file = join(reports, 'vitest.json');
	const { code } = await node('node_modules/vitest/vitest.mjs', env, [
		'run',
		...(only === 'browser' ? ['--project', 'browser*'] : []),
		...(only === 'unit' ? ['--project', 'unit', '--project', 'relay'] : []),
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${file}`,
		'--passWithNoTests',
		...extra,
	]);
	const report = parse(file);
	const count = {
		passed: report?.numPassedTests ?? 0,
		failed: (report?.numFailedTests ?? 0) + unloaded(report),
		skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
	};
	return orFailed(count, code);
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Count>} */
async function playwright(env) {
	const file = join(reports, 'playwright.json');
	const { code } = await node(
		'node_modules/@playwright/test/cli.js',
		{ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
		['test', '--reporter=list,json', '--pass-with-no-tests', ...extra],
	);
	const stats = parse(file)?.stats;
	const count = {
		passed: stats?.expected ?? 0,
		failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
		skipped: stats?.skipped ?? 0,
	};
	return orFailed(count, code);
}

/**
 * @param {string} script
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} args
 */
function node(script, env, args) {
	return spawned(process.execPath, [join(root, script), ...args], false, env);
}

/**
 * Test files that broke before their first test, which runners don't count as tests.
 * @param {any} report of Vitest
 * @returns {number}
 */
function unloaded(report) {
	/** @param {any} file */
	const silent = (file) =>
		file.status === 'failed' &&
		!file.assertionResults.some((/** @type {any} */ t) => t.status === 'failed');
	return (report?.testResults ?? []).filter(silent).length;
}

/**
 * A runner that ends in error without naming a test has failed all the same.
 * @param {Count} count
 * @param {number} code
 */
function orFailed(count, code) {
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {Count} count */
function add(count) {
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped += count.skipped;
}

/** @param {string} file */
function parse(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return null; // the runner died before it could report
	}
}
