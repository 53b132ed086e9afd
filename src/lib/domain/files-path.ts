export const MAX_PATH_CHARS = 500;
const MAX_NAME_CHARS = 200;

export type CheckedPath = { ok: true; path: string } | { ok: false; problem: string };

/**
 * A path in its one form: relative, `/` between folders, no `.` or empty parts, Unicode NFC. What cannot be brought
 * into it is refused with a sentence. A path in this form is its own form.
 */
export function filePath(text: string): CheckedPath {
	const problem = problemOf(text);
	if (problem) return { ok: false, problem };
	const parts = text
		.normalize('NFC')
		.split('/')
		.filter((part) => part !== '' && part !== '.');
	const path = parts.join('/');
	if (path === '') return refuse(text, 'names no file');
	if (parts.includes('..'))
		return refuse(text, 'leaves the session files. A path may not contain ".."');
	if (path.length > MAX_PATH_CHARS)
		return refuse(text, `is too long. A path has at most ${MAX_PATH_CHARS} characters`);
	if (parts.some((part) => part.length > MAX_NAME_CHARS))
		return refuse(
			text,
			`has a name that is too long. A name has at most ${MAX_NAME_CHARS} characters`,
		);
	if (parts.some((part) => part.trim() !== part))
		return refuse(text, 'has a name that begins or ends with a space');
	return { ok: true, path };
}

function problemOf(text: string): string | null {
	if (text.trim() === '') return 'The path is empty. Give the path of a file.';
	if (hasForbidden(text))
		return 'The path contains control, line-breaking or direction-changing characters. Leave them out.';
	if (text.includes('\\')) return `"${shown(text)}" contains a backslash. Use / between folders.`;
	if (text.startsWith('/') || /^[a-z]:/i.test(text))
		return `"${shown(text)}" is an absolute path. Session files have relative paths, like notes/summary.md.`;
	if (text.endsWith('/')) return `"${shown(text)}" is a folder. Give the path of a file.`;
	return null;
}

function hasForbidden(text: string): boolean {
	return /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u.test(text);
}

const refuse = (text: string, why: string): CheckedPath => ({
	ok: false,
	problem: `"${shown(text)}" ${why}.`,
});

const shown = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
