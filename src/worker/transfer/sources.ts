import { refuse, type ImportSource } from '$lib/domain/import/source';
import { notOurs } from '$lib/domain/workspace-file/read';
import { WorkspaceSource } from './workspace-source';

const isLines = ({ name }: File): boolean => /\.jsonl$/i.test(name);

/**
 * What reads these files: by their names where those say it; what else there is may be a workspace under any name.
 * Throws `ImportRefused` where nothing does.
 */
export async function sourceOf(files: readonly File[]): Promise<ImportSource> {
	if (files.length === 0) throw notOurs();
	if (!files.some(isLines)) return new WorkspaceSource(files);
	if (!files.every(isLines))
		throw refuse(
			'mixed',
			'These files are of several kinds.',
			'Choose workspace files, or session files of Claude Code, and the others after that.',
		);
	const { ClaudeCodeSource } = await import('./claude-code-source');
	return new ClaudeCodeSource(files);
}
