import type { PermissionMode } from './rules/permission';

/** A cap on what a session may use; at the cap it pauses and asks. */
export interface Budget {
	/** Tokens of all turns together, cache included. */
	tokens?: number;
	usd?: number;
}

/** What can be changed while a session lives. */
export interface SessionSettings {
	connectionId: string;
	model: string;
	/** A level the model has, or null for the model's own default. */
	effort: string | null;
	thinking: boolean;
	permissionMode: PermissionMode;
	/** Model calls between two words from a person. */
	maxTurns: number;
	budget: Budget | null;
}

/** Whether tools that change something may run without being asked for. */
export const isLax = ({ permissionMode }: SessionSettings): boolean =>
	permissionMode === 'edits' || permissionMode === 'everything';

/** What of the wishes differs from what holds. */
export function changesOf(
	settings: SessionSettings,
	wanted: Partial<SessionSettings>,
): Partial<SessionSettings> {
	return Object.fromEntries(
		Object.entries(wanted).filter(
			([key, value]) =>
				JSON.stringify(value) !== JSON.stringify(settings[key as keyof SessionSettings]),
		),
	);
}
