/** Which workspace of this device a tab shows. */
import { isWorkspace, MAIN_DATABASE } from '../domain/workspace';
import { readPreference } from './platform';

/** Chosen last on this device; in a tab, what it shows. */
export const CHOSEN = 'muster.workspace';
/** Databases of the workspaces beside the first, separated by blanks. */
export const KNOWN = 'muster.workspaces';

export const others = (): string[] =>
	(readPreference(KNOWN) ?? '').split(' ').filter((name) => name !== '' && isWorkspace(name));

/**
 * Database of the workspace that this tab shows: what was chosen in it, else what was chosen last on this device. One that
 * has been deleted meanwhile is not made anew.
 */
function chosenDatabase(): string {
	const wanted = ofTab() ?? readPreference(CHOSEN);
	return wanted !== null && others().includes(wanted) ? wanted : MAIN_DATABASE;
}

/** Does not change for as long as the page is loaded. */
export const shownDatabase = chosenDatabase();

function ofTab(): string | null {
	try {
		return sessionStorage.getItem(CHOSEN);
	} catch {
		return null;
	}
}
