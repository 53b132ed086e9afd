import type { JsonObject } from '$lib/domain/json';
import type { Move } from './move';
import { codeOf } from './review-moves';
import type { Work } from './work';
import { capital, listed } from './wording';

export function ask(work: Work): Move | null {
	if (!work.can('ask_user') || work.did('ask_user') || work.followsUp) return null;
	const told = /\bask(?:s|ing)?\b|question|clarif/i.test(work.scene.system);
	const vague = work.topic.keywords.length < 12 && work.topic.items.length === 0;
	const nothingToReview = work.job === 'review' && codeOf(work) === null && work.files.size === 0;
	if (!told && !vague && !nothingToReview) return null;
	return {
		purpose: 'One thing changes what I write, so I ask before I begin.',
		text: 'Before I write anything, one question.',
		uses: [{ tool: 'ask_user', input: { questions: questionsFor(work) } }],
	};
}

function questionsFor(work: Work): JsonObject[] {
	const [first, second] = work.topic.keywords;
	const choice = (id: string, text: string, options: [string, string][]): JsonObject => ({
		id,
		text,
		type: 'single',
		options: options.map(([name, description]) => ({ label: name, description })),
		required: true,
	});
	const anything: JsonObject = {
		id: 'more',
		text: `Anything else I should know about ${first}?`,
		type: 'text',
		required: false,
	};
	switch (work.job) {
		case 'review':
			return [
				choice('focus', 'What should the review look for first?', [
					['Mistakes', 'What gives wrong results or breaks'],
					['Safety', 'What others could misuse'],
					['Readability', 'What a newcomer would stumble over'],
				]),
				anything,
			];
		case 'release-notes':
			return [
				choice('audience', 'Who reads the release notes?', [
					['Users', 'What they will notice, in plain words'],
					['Developers', 'What changed for those who build on it'],
				]),
				anything,
			];
		case 'triage':
			return [
				choice('reach', `How many people does the problem with ${first} reach?`, [
					['Everybody', 'It happens to all who use it'],
					['Some', 'It happens under certain conditions'],
					['One report', 'Nobody else has said so yet'],
				]),
				anything,
			];
		default:
			return [
				choice(
					'focus',
					`What matters most to you about ${listed(work.topic.keywords.slice(0, 2))}?`,
					[
						[capital(first), `Everything is seen from ${first}`],
						...(second
							? [[capital(second), `Everything is seen from ${second}`] as [string, string]]
							: []),
						['An overview', 'A little of everything, nothing in depth'],
					],
				),
				anything,
			];
	}
}
