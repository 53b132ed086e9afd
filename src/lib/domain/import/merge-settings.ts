import type { WorkspaceSettings } from './source';

/**
 * The settings that change where those of another workspace come in: what was never set here is taken over, and views
 * are added; one of the same name that shows something else gets another name.
 */
export function mergeSettings(
	ours: Partial<WorkspaceSettings>,
	theirs: Partial<WorkspaceSettings>,
): Partial<WorkspaceSettings> {
	const views = addedViews(ours.savedViews ?? [], theirs.savedViews ?? []);
	return {
		...(ours.workspaceName === undefined &&
			theirs.workspaceName !== undefined && { workspaceName: theirs.workspaceName }),
		...(ours.ticketPrefix === undefined &&
			theirs.ticketPrefix !== undefined && { ticketPrefix: theirs.ticketPrefix }),
		...(views.length > 0 && { savedViews: [...(ours.savedViews ?? []), ...views] }),
	};
}

type Views = WorkspaceSettings['savedViews'];

function addedViews(ours: Views, theirs: Views): Views {
	const added: Views = [];
	for (const { name, search } of theirs) {
		const known = [...ours, ...added];
		if (known.some((view) => view.search === search)) continue;
		const taken = known.some((view) => view.name === name);
		added.push({ name: taken ? `${name} (imported)` : name, search });
	}
	return added;
}
