import { fileCall } from '$lib/domain/files-change';
import { countLines } from '$lib/domain/tools/lines';
import { editFile } from '$lib/domain/tools/file-tools';
import type { Tool } from './tool-port';

export const editFileTool: Tool = {
	definition: editFile,
	run: async (input, { files }) => {
		const call = fileCall(editFile.name, input, files);
		if (!call.ok) return { content: call.problem, isError: true };
		const { path, after, places } = call;
		const where = places === 1 ? '1 place' : `${places} places`;
		return {
			content: `Edited ${path} in ${where}. It has ${countLines(after)} lines now.`,
			files: [{ path, content: after }],
		};
	},
};
