import type { FileTree } from '$lib/domain/files';
import type { ToolPart } from '$lib/domain/views/transcript-items';

export interface ShownChange {
	path: string;
	/** Null: there was no such file. */
	before: string | null;
	/** Null: deleted. */
	after: string | null;
}

/** What a finished call did to one file, from the versions of that file; null where it changed none or several. */
export function fileChange(part: ToolPart, tree: FileTree): ShownChange | null {
	const [change, ...more] = part.result?.files ?? [];
	if (!change || more.length > 0) return null;
	const versions = tree.get(change.path) ?? [];
	const place = versions.findIndex((version) => version.eventId === part.result?.eventId);
	if (place === -1) return null;
	return {
		path: change.path,
		before: versions[place - 1]?.content ?? null,
		after: change.content,
	};
}
