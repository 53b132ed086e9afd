import type { Agent } from '../agent';
import { judge, permissionModes } from '../rules/permission';
import { toolNamed } from '../tools/catalogue';

/** What an agent may do without anybody being asked, in a line: its mode, and the tools this leaves free. */
export function allowedWords({
	permissionMode,
	tools,
}: Pick<Agent, 'permissionMode' | 'tools'>): string {
	const label = permissionModes.find(({ mode }) => mode === permissionMode)?.label;
	const free = Object.entries(tools).flatMap(([name, policy]) => {
		const effect = toolNamed(name)?.effect ?? 'talk';
		if (effect === 'talk') return [];
		const allowedInRun = new Set<string>();
		const verdict = judge({ tool: name, effect, policy, mode: permissionMode, allowedInRun });
		return verdict.is === 'allow' ? [name] : [];
	});
	return `Permissions: ${label ?? permissionMode}. Without asking: ${free.join(', ') || 'nothing'}`;
}
