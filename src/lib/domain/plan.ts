/** One line of the plan an agent keeps with `update_plan`. */
export interface PlanItem {
	text: string;
	status: 'pending' | 'in-progress' | 'completed';
}
