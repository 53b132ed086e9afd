import { ClassicLevel } from 'classic-level';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LevelStore, reasonOf } from './level-store';
import { StoreError, type Store } from './port';
import { FORMAT } from './records';

const formatFile = 'format';
const formatLine = (format: number) => `muster relay ${format}\n`;

/**
 * Opens a relay's folder, or makes one. Looks at its format before LevelDB touches anything [7.4].
 * @throws {StoreError} with a sentence: newer, damaged, in use, not to be written to, or no relay's folder
 */
export async function openLevelStore(folder: string): Promise<Store> {
	await madeFolder(folder);
	const db = new ClassicLevel<string, Uint8Array>(join(folder, 'db'), {
		keyEncoding: 'utf8',
		valueEncoding: 'view',
		compression: false, // of ciphertext there is nothing to gain
	});
	try {
		await db.open();
	} catch (error) {
		throw new StoreError(openAdvice(folder, error), { cause: error });
	}
	return new LevelStore(db);
}

async function madeFolder(folder: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
		const there = await readdir(folder);
		if (there.includes(formatFile)) {
			checkFormat(folder, await readFile(join(folder, formatFile), 'utf8'));
			if (there.includes('db')) await checkDatabase(folder);
			return;
		}
		if (there.length > 0)
			throw new StoreError(
				`${folder} holds files that are no relay's. Choose another folder with RELAY_DATA.`,
			);
		await writeFormat(folder);
	} catch (error) {
		if (error instanceof StoreError) throw error;
		throw new StoreError(
			`The relay can not write to its folder ${folder} (${reasonOf(error)}). Correct its permissions, or choose another with RELAY_DATA.`,
			{ cause: error },
		);
	}
}

function checkFormat(folder: string, line: string): void {
	const format = Number(/^muster relay ([1-9]\d{0,8})\n$/.exec(line)?.[1]);
	if (Number.isNaN(format)) throw damaged(folder, 'its format is not to be read');
	if (format > FORMAT)
		throw new StoreError(
			`The relay's folder ${folder} was written by a newer Muster (format ${format}, this one knows ${FORMAT}). Update Muster; nothing was changed.`,
		);
}

/** LevelDB would begin anew where its list of files is gone, over the ones that are there. */
async function checkDatabase(folder: string): Promise<void> {
	const files = await readdir(join(folder, 'db'));
	const holds = files.some((file) => /\.(ldb|log)$|^MANIFEST/.test(file));
	if (holds && !files.includes('CURRENT')) throw damaged(folder, 'CURRENT is missing');
}

async function writeFormat(folder: string): Promise<void> {
	const file = await open(join(folder, formatFile), 'wx');
	try {
		await file.writeFile(formatLine(FORMAT));
		await file.sync();
	} finally {
		await file.close();
	}
}

function openAdvice(folder: string, error: unknown): string {
	const code = codeOf(error);
	if (code === 'LEVEL_LOCKED')
		return `The relay's folder ${folder} is in use by another process. Stop that relay, or choose another folder with RELAY_DATA.`;
	if (code === 'LEVEL_CORRUPTION' || /corrupt|no such file|missing/i.test(reasonOf(error)))
		return damaged(folder, reasonOf(error)).message;
	return `The relay can not open its folder ${folder} (${reasonOf(error)}). Correct its permissions, make room, or choose another with RELAY_DATA.`;
}

const damaged = (folder: string, why: string): StoreError =>
	new StoreError(
		`The relay's folder ${folder} is damaged (${why}). Put a backup in its place, or choose an empty folder with RELAY_DATA: devices bring what they have. Nothing was changed.`,
	);

function codeOf(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	const inner = codeOf(error.cause);
	return inner ?? (error as NodeJS.ErrnoException).code;
}
