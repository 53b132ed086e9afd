import { parsePlan, planProgress, updatePlan } from '$lib/domain/tools/update-plan';
import type { Tool } from './tool-port';

export const updatePlanTool: Tool = {
	definition: updatePlan,
	run: async (input) => {
		const plan = parsePlan(input);
		return { content: `The plan is shown: ${planProgress(plan)}.`, plan };
	},
};
