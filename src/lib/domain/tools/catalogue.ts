import type { ToolPolicy } from '../rules/permission';
import type { ToolDefinition } from '../tool';
import { askUser } from './ask-user';
import { editFile, listFiles, readFile, searchFiles, writeFile } from './file-tools';
import { ticketTools } from './ticket-tools';
import { updatePlan } from './update-plan';

/** Every tool an agent can be given, in the order the editor shows them. */
export const toolCatalogue: readonly ToolDefinition[] = [
	listFiles,
	readFile,
	searchFiles,
	writeFile,
	editFile,
	askUser,
	updatePlan,
	...ticketTools,
];

const byName = new Map(toolCatalogue.map((tool) => [tool.name, tool]));

export function toolNamed(name: string): ToolDefinition | undefined {
	return byName.get(name);
}

/** What a new agent says of each tool: it may look and talk freely, and asks before it changes anything. */
export const defaultPolicies: Readonly<Record<string, ToolPolicy>> = Object.fromEntries(
	toolCatalogue.map((tool) => [
		tool.name,
		tool.effect === 'edit' || tool.effect === 'workspace' ? 'ask' : 'allow',
	]),
);
