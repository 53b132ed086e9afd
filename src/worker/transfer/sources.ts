import type { ImportSource } from '$lib/domain/import/source';
import { notOurs } from '$lib/domain/workspace-file/read';
import { WorkspaceSource } from './workspace-source';

interface SourceKind {
	/** Whether these are its files, by their names. */
	takes(files: readonly File[]): boolean;
	open(files: readonly File[]): ImportSource | Promise<ImportSource>;
}

const named =
	(ending: RegExp) =>
	(files: readonly File[]): boolean =>
		files.every(({ name }) => ending.test(name));

/** What can be imported. A new kind of file is one more line. */
const kinds: readonly SourceKind[] = [
	{ takes: named(/\.(muster|gz)$/i), open: (files) => new WorkspaceSource(files) },
];

/** Throws `ImportRefused` where nothing here reads these files. */
export async function sourceOf(files: readonly File[]): Promise<ImportSource> {
	const kind = files.length > 0 && kinds.find(({ takes }) => takes(files));
	if (!kind) throw notOurs();
	return kind.open(files);
}
