import { isJsonObject, type JsonValue } from '../json';
import type { PlanItem } from '../plan';
import type { ToolDefinition } from '../tool';

export const updatePlan: ToolDefinition = {
	name: 'update_plan',
	label: 'Keep a plan',
	icon: 'runs',
	description:
		'Shows the person your plan and how far you are. Give the whole list every time: it replaces the last one. ' +
		'Use it for work of three steps or more: when you start, when a step is done, and when the plan changes. Keep ' +
		'one step in-progress at a time, and mark a step completed only when it is. Write steps as short results ' +
		'("Compare the three offers"), not as tool calls.',
	inputSchema: {
		type: 'object',
		properties: {
			items: {
				type: 'array',
				maxItems: 50,
				items: {
					type: 'object',
					properties: {
						text: { type: 'string', minLength: 1, maxLength: 500 },
						status: { type: 'string', enum: ['pending', 'in-progress', 'completed'] },
					},
					required: ['text', 'status'],
					additionalProperties: false,
				},
			},
		},
		required: ['items'],
		additionalProperties: false,
	},
	effect: 'talk',
	repeatable: true,
};

/** The plan of a call; what is no plan item is left out. */
export function parsePlan(input: JsonValue): PlanItem[] {
	if (!isJsonObject(input) || !Array.isArray(input.items)) return [];
	return input.items.flatMap((item) => {
		if (!isJsonObject(item) || typeof item.text !== 'string') return [];
		const { text, status } = item;
		return status === 'pending' || status === 'in-progress' || status === 'completed'
			? [{ text, status }]
			: [];
	});
}

/** How far a plan is, for the model and for a screen reader. */
export function planProgress(items: readonly PlanItem[]): string {
	const done = items.filter((item) => item.status === 'completed').length;
	return `${done} of ${items.length} steps completed`;
}
