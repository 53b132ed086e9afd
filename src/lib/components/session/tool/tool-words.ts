/** How a tool call is told in one line. */
import { isJsonObject, type JsonValue } from '$lib/domain/json';
import type { Status } from '$lib/domain/status';
import { toolNamed } from '$lib/domain/tools/catalogue';
import { firstLine } from '$lib/domain/views/activity-words';
import type { ToolPart, ToolStatus } from '$lib/domain/views/transcript-items';
import { isIconName, type IconName } from '../../shared/icon-paths';

export function toolIcon(tool: string | null): IconName {
	const icon = tool ? toolNamed(tool)?.icon : undefined;
	return icon && isIconName(icon) ? icon : 'terminal';
}

/** What the call is about: its path, its query, or the first text in it. */
export function toolArgument(input: JsonValue): string {
	if (typeof input === 'string') return firstLine(input, 80);
	if (!isJsonObject(input)) return '';
	const { path, query, glob, command, url, ticket } = input;
	const main = [path, query, command, url, glob, ticket].find((value) => typeof value === 'string');
	if (typeof main === 'string') {
		const where = typeof query === 'string' && typeof glob === 'string' ? ` in ${glob}` : '';
		return firstLine(main, 100) + where;
	}
	if (Array.isArray(input['questions'])) {
		const [first] = input['questions'];
		return isJsonObject(first ?? null)
			? firstLine(String((first as { text?: unknown }).text ?? ''), 100)
			: '';
	}
	if (Array.isArray(input['items'])) return `${input['items'].length} steps`;
	const text = Object.values(input).find((value) => typeof value === 'string');
	return typeof text === 'string' ? firstLine(text, 100) : '';
}

/** The file or the ticket a call would change or read, for "on …". */
export function toolTarget(input: JsonValue): string {
	if (!isJsonObject(input)) return '';
	const target = [input['path'], input['ticket']].find((value) => typeof value === 'string');
	return typeof target === 'string' ? target : '';
}

export const toolStatus: Record<ToolStatus, { status: Status; label: string }> = {
	writing: { status: 'running', label: 'Being written' },
	ready: { status: 'running', label: 'Next' },
	asking: { status: 'waiting-permission', label: 'Waiting permission' },
	asked: { status: 'waiting', label: 'Asks you' },
	running: { status: 'running', label: 'Running' },
	done: { status: 'completed', label: 'Done' },
	failed: { status: 'failed', label: 'Failed' },
	denied: { status: 'cancelled', label: 'Denied' },
	interrupted: { status: 'waiting', label: 'Interrupted' },
	skipped: { status: 'cancelled', label: 'Skipped' },
	dropped: { status: 'cancelled', label: 'Not run' },
};

/** A result in a few words: "12 lines". */
export function resultSize(part: ToolPart): string {
	if (!part.result) return '';
	const { content } = part.result;
	if (part.result.isError) return firstLine(content, 60);
	let lines = content === '' ? 0 : 1;
	for (
		let at = content.indexOf('\n');
		at !== -1 && lines < 100_000;
		at = content.indexOf('\n', at + 1)
	)
		lines++;
	return `${lines.toLocaleString()} ${lines === 1 ? 'line' : 'lines'}`;
}
