import { missingFile } from '$lib/domain/files-change';
import { filePath } from '$lib/domain/files-path';
import { clipEnd } from '$lib/domain/tools/clip';
import { readFile } from '$lib/domain/tools/file-tools';
import { countLines, linesOf } from '$lib/domain/tools/lines';
import { numberOf, textOf } from './input';
import type { Tool } from './tool-port';

/** UTF-16 units of one answer, and of one line in it. */
const MAX_CHARS = 80_000;
const MAX_LINE_CHARS = 10_000;

export const readFileTool: Tool = {
	definition: readFile,
	run: async (input, { files }) => {
		const checked = filePath(textOf(input, 'path'));
		if (!checked.ok) return { content: checked.problem, isError: true };
		const text = files.get(checked.path);
		if (text === undefined) return { content: missingFile(checked.path, files), isError: true };
		if (text === '') return { content: `${checked.path} is empty.` };
		const total = countLines(text);
		const offset = numberOf(input, 'offset', 1);
		if (offset > total)
			return {
				content: `${checked.path} has ${total} lines: there is no line ${offset}.`,
				isError: true,
			};
		const lines = numbered(text, offset, numberOf(input, 'limit', 2_000));
		const last = offset + lines.length - 1;
		const whole = offset === 1 && last === total;
		const note = `[Lines ${offset} to ${last} of ${total}.${last < total ? ` Continue with offset ${last + 1}.` : ''}]`;
		return { content: [...lines, ...(whole ? [] : [note])].join('\n') };
	},
};

function numbered(text: string, offset: number, limit: number): string[] {
	const lines: string[] = [];
	let chars = 0;
	for (const { number, from, to } of linesOf(text)) {
		if (number < offset) continue;
		const line = `${number}\t${clipEnd(text.slice(from, to), MAX_LINE_CHARS)}`;
		if (lines.length > 0 && chars + line.length > MAX_CHARS) break;
		chars += line.length + 1;
		if (lines.push(line) === limit) break;
	}
	return lines;
}
