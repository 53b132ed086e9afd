import type { WorkspaceSettings } from '../import/source';
import type { Parsed } from '../log/parse-event';
import { isRecord, listOf, maybe, misfit, record, text } from '../shape';
import { prefixProblem } from '../tickets/prefix';

const fields = {
	workspaceName: maybe(text),
	ticketPrefix: maybe((value) => typeof value === 'string' && prefixProblem(value) === null),
	savedViews: maybe(listOf(record({ name: text, search: text }))),
};

/** Settings of a workspace as JSON gave them; names of a later version are left out. */
export function parseSettings(value: unknown): Parsed<Partial<WorkspaceSettings>> {
	if (!isRecord(value)) return { problem: 'the settings are no object' };
	const wrong = misfit(value, fields);
	if (wrong !== null) return { problem: `a setting has no sound "${wrong}"` };
	const known = Object.keys(fields).filter((name) => value[name] !== undefined);
	return { value: Object.fromEntries(known.map((name) => [name, value[name]])) };
}
