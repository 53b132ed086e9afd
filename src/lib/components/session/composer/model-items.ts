import type { Connection } from '$lib/domain/connection';
import type { TurnChoice } from '$lib/state/session-draft.svelte';
import type { MenuItem } from '../../shared/menu-items';

/** The models of a device, by connection, to choose one from. */
export function modelItems(
	connections: readonly Connection[],
	isChosen: (connectionId: string, model: string) => boolean,
	onchoose: (choice: TurnChoice) => void,
): MenuItem[] {
	return connections.flatMap((each): MenuItem[] => [
		{ kind: 'heading', label: each.kind === 'practice' ? `${each.name}, scripted` : each.name },
		...each.models.map(({ id, name: label, efforts }) => ({
			kind: 'radio' as const,
			label,
			checked: isChosen(each.id, id),
			run: () =>
				onchoose({
					connectionId: each.id,
					model: id,
					// A level this model does not have would be refused.
					...(efforts.length === 0 && { effort: null }),
				}),
		})),
	]);
}
