import { fileCall } from '$lib/domain/files-change';
import { countLines } from '$lib/domain/tools/lines';
import { writeFile } from '$lib/domain/tools/file-tools';
import type { Tool } from './tool-port';

export const writeFileTool: Tool = {
	definition: writeFile,
	run: async (input, { files }) => {
		const call = fileCall(writeFile.name, input, files);
		if (!call.ok) return { content: call.problem, isError: true };
		const { path, before, after } = call;
		const size = `${countLines(after)} lines, ${after.length} characters`;
		if (before === after) return { content: `${path} already had this content (${size}).` };
		return {
			content: `${before === null ? 'Created' : 'Replaced'} ${path} (${size}).`,
			files: [{ path, content: after }],
		};
	},
};
