import { lineDiff, type LineDiff } from '../diff';
import { fileCall } from '../files-change';
import type { JsonValue } from '../json';

export type CallPreview =
	| {
			ok: true;
			path: string;
			/** Null: the file is new. */
			before: string | null;
			after: string;
			diff: LineDiff;
	  }
	/** The call would fail, and why. */
	| { ok: false; problem: string };

/** What a call would change, by the rule it will run by; null for a tool that changes no files. */
export function previewCall(
	tool: string,
	input: JsonValue,
	files: ReadonlyMap<string, string>,
): CallPreview | null {
	if (tool !== 'write_file' && tool !== 'edit_file') return null;
	const call = fileCall(tool, input, files);
	if (!call.ok) return call;
	const { path, before, after } = call;
	return { ok: true, path, before, after, diff: lineDiff(before ?? '', after) };
}
