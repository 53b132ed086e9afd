import type { ImportSource } from '$lib/domain/import/source';
import { notOurs } from '$lib/domain/workspace-file/read';
import { WorkspaceSource } from './workspace-source';

/** What the files are goes by their names where they have one that says it; what else comes may be a workspace. */
export function sourceOf(files: readonly File[]): Promise<ImportSource> {
	if (files.length === 0) throw notOurs();
	return Promise.resolve(new WorkspaceSource(files));
}
