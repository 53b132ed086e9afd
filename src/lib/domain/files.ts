/**
 * Session files: a fold of the log. A file's content is what the last tool result that names it says, so files
 * are versioned, forked and exported with the log.
 */
import { filePath } from './files-path';
import type { SessionEvent } from './log/event';

/** One file after one event; `null` content means deleted. */
export interface FileVersion {
	eventId: string;
	/** Epoch ms. */
	at: number;
	content: string | null;
}

/** Every path a session ever had, with its versions, oldest first. Never changed in place. */
export type FileTree = ReadonlyMap<string, readonly FileVersion[]>;

export const noFiles: FileTree = new Map();

/** The tree after an event: the same tree when the event changes no file. Changes to impossible paths don't count. */
export function applyFileChanges(tree: FileTree, event: SessionEvent): FileTree {
	if (event.kind !== 'tool-result' || !event.files?.length) return tree;
	const next = new Map(tree);
	for (const change of event.files) {
		const checked = filePath(change.path);
		if (!checked.ok) continue;
		const version = { eventId: event.id, at: event.at, content: change.content };
		next.set(checked.path, [...(next.get(checked.path) ?? []), version]);
	}
	return next;
}

/** The files there are now, path to content. */
export function currentFiles(tree: FileTree): Map<string, string> {
	const files = new Map<string, string>();
	for (const [path, versions] of tree) {
		const content = versions.at(-1)?.content;
		if (typeof content === 'string') files.set(path, content);
	}
	return files;
}
