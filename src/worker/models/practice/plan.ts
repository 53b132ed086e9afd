import type { Move, ToolUse } from './move';
import type { Work } from './work';

function planTexts(work: Work): string[] {
	const { title } = work.topic;
	switch (work.job) {
		case 'review':
			return [
				'See what there is to review',
				'Mend what can be mended safely',
				'Write the review',
				'Sum up',
			];
		case 'release-notes':
			return [
				'Collect the changes',
				'Sort them by what they mean to readers',
				'Write the release notes',
				'Sum up',
			];
		case 'triage':
			return ['Read the report', 'Find out what is missing', 'Judge how grave it is', 'Sum up'];
		default:
			return [
				`Understand “${title}”`,
				'Ask what matters most',
				'Write it down and read it again',
				'Sum up',
			];
	}
}

/** The plan with step `current` (from 1) under way, those before it done. */
export function planUse(work: Work, current: number): ToolUse {
	const items = planTexts(work).map((text, index) => ({
		text,
		status: index + 1 < current ? 'completed' : index + 1 === current ? 'in-progress' : 'pending',
	}));
	return { tool: 'update_plan', input: { items } };
}

export function closePlan(work: Work): Move | null {
	const plans = work.calls.filter(({ tool }) => tool === 'update_plan');
	const last = JSON.stringify(plans.at(-1)?.input ?? {});
	if (!work.can('update_plan') || plans.length === 0 || !/pending|in-progress/.test(last))
		return null;
	return {
		purpose: 'All steps are behind me.',
		text: 'That is everything on the plan.',
		uses: [planUse(work, planTexts(work).length + 1)],
	};
}
