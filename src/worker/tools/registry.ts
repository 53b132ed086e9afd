import { commentTicketTool, createTicketTool, updateTicketTool } from './change-tickets';
import { editFileTool } from './edit-file';
import { listFilesTool } from './list-files';
import { readFileTool } from './read-file';
import { getTicketTool, listTicketsTool } from './read-tickets';
import { searchFilesTool } from './search-files';
import type { Tool } from './tool-port';
import { updatePlanTool } from './update-plan';
import { writeFileTool } from './write-file';

const tools: readonly Tool[] = [
	listFilesTool,
	readFileTool,
	searchFilesTool,
	writeFileTool,
	editFileTool,
	updatePlanTool,
	listTicketsTool,
	getTicketTool,
	createTicketTool,
	updateTicketTool,
	commentTicketTool,
];
const byName = new Map(tools.map((tool) => [tool.definition.name, tool]));

/**
 * The tool that runs under this name. `ask_user` is in the catalogue and not here: nothing runs for it, its result
 * is what the person answers, and waiting for that is the decider's business.
 */
export function toolFor(name: string): Tool | undefined {
	return byName.get(name);
}
