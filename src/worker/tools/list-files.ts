import { globRegex } from '$lib/domain/regex/glob';
import { listFiles } from '$lib/domain/tools/file-tools';
import { countLines } from '$lib/domain/tools/lines';
import { textOf } from './input';
import type { Tool } from './tool-port';

const MAX_LISTED = 1_000;

export const listFilesTool: Tool = {
	definition: listFiles,
	run: async (input, { files }) => {
		const glob = globRegex(textOf(input, 'glob') || '**');
		if (!glob.ok) return { content: `The glob is not valid. ${glob.problem}`, isError: true };
		if (files.size === 0) return { content: 'This session has no files yet.' };
		const paths = [...files.keys()].filter((path) => glob.regex.test(path)).sort();
		if (paths.length === 0)
			return { content: `None of the ${files.size} files matches ${textOf(input, 'glob')}.` };
		const lines = paths
			.slice(0, MAX_LISTED)
			.map((path) => `${path} (${countLines(files.get(path) ?? '')} lines)`);
		const more = paths.length - lines.length;
		if (more > 0) lines.push(`… and ${more} more. Use a glob to see them.`);
		return { content: lines.join('\n') };
	},
};
