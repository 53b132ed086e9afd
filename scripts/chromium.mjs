import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './sources.mjs';

/** Quiet, and able to run as root in a container without a GPU. */
export const chromiumArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const systemPaths = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The Chromium the tests drive: MUSTER_CHROMIUM or CHROME_PATH when set, then one the system
 * has, then the one Playwright downloaded.
 * @returns {string | null} path of an executable, or null when there is none yet
 * @throws when the variable is set and names no executable: a wrong setting is not passed over
 */
export function findChromium() {
	const named = process.env.MUSTER_CHROMIUM || process.env.CHROME_PATH;
	if (named) {
		if (!runnable(named))
			throw new Error(`No executable browser at ${named}. Correct or unset it.`);
		return named;
	}
	return [...systemPaths, playwrightChromium()].find((path) => path && runnable(path)) ?? null;
}

/**
 * Finds a Chromium, or gets one: Playwright's download first, the distribution's package next.
 * @param {(line: string) => void} say
 * @returns {string} path of an executable
 */
export function ensureChromium(say) {
	const found = findChromium();
	if (found) return found;
	say('No Chromium found: downloading the one Playwright uses');
	if (attempt(process.execPath, [playwrightCli(), 'install', 'chromium'])) {
		const downloaded = findChromium();
		if (downloaded && starts(downloaded)) return downloaded;
		say('The downloaded Chromium does not start here: it lacks system libraries');
	}
	if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
		say('Installing Chromium with apt-get');
		attempt('apt-get', ['update', '-q']);
		attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
		const installed = findChromium();
		if (installed) return installed;
	}
	throw new Error(
		'No Chromium to test with. Install Chromium or Chrome, or set MUSTER_CHROMIUM to its path.',
	);
}

function playwrightCli() {
	const require = createRequire(import.meta.url);
	return join(dirname(require.resolve('playwright/package.json')), 'cli.js');
}

function playwrightChromium() {
	try {
		const source = "console.log(require('playwright').chromium.executablePath())";
		return execFileSync(process.execPath, ['-e', source], { cwd: root, encoding: 'utf8' }).trim();
	} catch {
		return null; // not installed yet
	}
}

/** @param {string} path */
function runnable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** @param {string} path */
function starts(path) {
	try {
		execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 });
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function attempt(command, args) {
	try {
		execFileSync(command, args, {
			stdio: ['ignore', 'inherit', 'inherit'],
			timeout: 5 * 60_000,
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		return true;
	} catch {
		return false;
	}
}
