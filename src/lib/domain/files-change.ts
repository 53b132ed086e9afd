/** What a call of write_file or edit_file does to the files: one rule for running it and for showing it before. */
import { editText } from './files-edit';
import { filePath } from './files-path';
import { isJsonObject, type JsonValue } from './json';

/** UTF-16 units. */
export const MAX_FILE_CHARS = 20_000_000;

export type FileCall =
	| {
			ok: true;
			path: string;
			/** Null: the file is new. */
			before: string | null;
			after: string;
			/** Places replaced by an edit; 1 for a write. */
			places: number;
	  }
	| { ok: false; problem: string };

export function fileCall(
	tool: string,
	input: JsonValue,
	files: ReadonlyMap<string, string>,
): FileCall {
	if (!isJsonObject(input) || typeof input.path !== 'string')
		return fail('The call names no file. Give a path.');
	const checked = filePath(input.path);
	if (!checked.ok) return fail(checked.problem);
	const { path } = checked;
	const clash = folderClash(path, files);
	if (clash) return fail(clash);
	const before = files.get(path) ?? null;
	if (tool === 'write_file') {
		if (typeof input.content !== 'string') return fail('The call has no content to write.');
		return bounded({ ok: true, path, before, after: input.content, places: 1 });
	}
	if (tool !== 'edit_file') return fail(`${tool} changes no files.`);
	if (before === null) return fail(missingFile(path, files));
	if (typeof input.old_string !== 'string' || typeof input.new_string !== 'string')
		return fail('The call must give old_string and new_string.');
	const edit = editText(path, before, {
		oldText: input.old_string,
		newText: input.new_string,
		everywhere: input.replace_all === true,
	});
	return edit.ok
		? bounded({ ok: true, path, before, after: edit.text, places: edit.places })
		: edit;
}

/** A sentence for a path that isn't there, with the paths that may have been meant. */
export function missingFile(path: string, files: ReadonlyMap<string, string>): string {
	const name = path.split('/').at(-1)?.toLowerCase();
	const close = [...files.keys()].filter(
		(other) => other.split('/').at(-1)?.toLowerCase() === name,
	);
	if (close.length > 0)
		return `There is no file ${path}. Did you mean ${close.slice(0, 3).join(' or ')}?`;
	if (files.size === 0) return `There is no file ${path}. This session has no files yet.`;
	return `There is no file ${path}. Use list_files to see the ${files.size} there are.`;
}

/** A name cannot be a file and a folder at once: such files could not be saved anywhere else. */
function folderClash(path: string, files: ReadonlyMap<string, string>): string | null {
	if (files.has(path)) return null;
	const parts = path.split('/');
	for (let depth = 1; depth < parts.length; depth++) {
		const folder = parts.slice(0, depth).join('/');
		if (files.has(folder)) return `${folder} is a file, so ${path} cannot be in it.`;
	}
	for (const other of files.keys())
		if (other.startsWith(`${path}/`)) return `${path} is a folder: it holds ${other}.`;
	return null;
}

function bounded(call: Extract<FileCall, { ok: true }>): FileCall {
	if (call.after.length <= MAX_FILE_CHARS) return call;
	return fail(
		`${call.path} would have ${call.after.length} characters. A file has at most ${MAX_FILE_CHARS}: split it.`,
	);
}

const fail = (problem: string): FileCall => ({ ok: false, problem });
