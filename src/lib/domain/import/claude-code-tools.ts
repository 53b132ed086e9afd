/** What results of Claude Code's own tools say about files and plans, in Muster's terms. */
import { filePath } from '../files-path';
import { isJsonObject, type JsonValue } from '../json';
import type { FileChange } from '../log/event';
import type { PlanItem } from '../plan';

/**
 * The file that a write or an edit left behind, where the result tells it whole. Files outside of `folder`, where the
 * session began, are none of the session's.
 */
export function fileChangesOf(result: JsonValue | undefined, folder: string): FileChange[] {
	if (!isJsonObject(result) || typeof result['filePath'] !== 'string') return [];
	const content = contentAfter(result);
	const path = content === null ? null : pathIn(folder, result['filePath']);
	return path === null ? [] : [{ path, content }];
}

function contentAfter(result: { [key: string]: JsonValue }): string | null {
	const { type, content, originalFile, oldString, newString, replaceAll } = result;
	if ((type === 'create' || type === 'update') && typeof content === 'string') return content;
	if (typeof oldString !== 'string' || typeof newString !== 'string') return null;
	if (oldString === '') return originalFile ? null : newString;
	if (typeof originalFile !== 'string' || !originalFile.includes(oldString)) return null;
	return replaceAll === true
		? originalFile.replaceAll(oldString, () => newString)
		: originalFile.replace(oldString, () => newString);
}

function pathIn(folder: string, path: string): string | null {
	const slashed = path.replaceAll('\\', '/');
	const inside = `${folder.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
	if (inside === '/' || !slashed.startsWith(inside)) return null;
	const checked = filePath(slashed.slice(inside.length));
	return checked.ok ? checked.path : null;
}

const statuses: Readonly<Record<string, PlanItem['status']>> = {
	pending: 'pending',
	in_progress: 'in-progress',
	completed: 'completed',
};

/** The plan that a call set; null for a call that sets none. */
export function planOf(tool: string, input: JsonValue): PlanItem[] | null {
	if (tool !== 'TodoWrite' || !isJsonObject(input) || !Array.isArray(input['todos'])) return null;
	return input['todos'].flatMap((todo) => {
		if (!isJsonObject(todo) || typeof todo['content'] !== 'string') return [];
		const status = typeof todo['status'] === 'string' ? statuses[todo['status']] : undefined;
		return [{ text: todo['content'], status: status ?? 'pending' }];
	});
}
