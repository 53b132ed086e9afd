import type { JsonSchema } from './json';

/**
 * What a tool does to the world, which is what permission modes speak about. `edit`: files of its session.
 * `workspace`: what all sessions share.
 */
export type ToolEffect = 'read' | 'edit' | 'workspace' | 'talk';

/** A tool as the model and the permission rules see it; how it runs is the worker's business. */
export interface ToolDefinition {
	name: string;
	/** For people: what allowing it allows. */
	label: string;
	icon: string;
	/** For the model. */
	description: string;
	inputSchema: JsonSchema;
	effect: ToolEffect;
	/** True: a call cut off between start and result may simply be run again. */
	repeatable: boolean;
}
