import type { JsonObject } from '$lib/domain/json';
import type { Move } from './move';
import { noteParts, partsQuestion } from './documents';
import { codeOf } from './given-code';
import { readReport, type Report } from './triage';
import type { Work } from './work';
import { capital } from './wording';

export function ask(work: Work): Move | null {
	if (!work.can('ask_user') || work.did('ask_user') || work.followsUp || !wants(work)) return null;
	const questions = questionsFor(work);
	return {
		purpose: 'One thing changes what I write, so I ask before I begin.',
		text:
			questions.length > 1 ? 'Before I begin, a few questions.' : 'Before I begin, one question.',
		uses: [{ tool: 'ask_user', input: { questions } }],
	};
}

/** Whether the answer would change anything: the agent is told to ask, or the prompt leaves too much open. */
function wants(work: Work): boolean {
	const told = /\bask(?:s|ing)?\b|question|clarif/i.test(work.scene.system);
	if (work.job === 'review') return codeOf(work) === null && work.files.size === 0;
	if (work.job === 'triage') return told && reportOf(work).missing.length > 0;
	if (work.job === 'release-notes')
		return told && audience.test(work.scene.system) && !audience.test(work.turn.prompt);
	return told || (work.topic.keywords.length < 12 && work.topic.items.length === 0);
}

const audience = /\b(?:users|readers|administrators|developers)\b/i;

const reportOf = (work: Work): Report =>
	readReport(work.turn.prompt, work.topic.items, work.topic.subjects);

function questionsFor(work: Work): JsonObject[] {
	const choice = (
		id: string,
		text: string,
		options: [string, string][],
		type: 'single' | 'multiple' = 'single',
	): JsonObject => ({
		id,
		text,
		type,
		options: options.map(([name, description]) => ({ label: name, description })),
		required: true,
	});
	const optional = (question: JsonObject): JsonObject => ({ ...question, required: false });
	const anything: JsonObject = {
		id: 'more',
		text: 'Anything else I should know?',
		type: 'text',
		required: false,
	};
	switch (work.job) {
		case 'review':
			return [
				{
					id: 'code',
					text: 'Which code should I review? Paste it here.',
					type: 'text',
					required: false,
				},
			];
		case 'release-notes':
			return [
				choice('audience', 'Who reads the release notes?', [
					['Users', 'What they will notice, in plain words'],
					['Administrators', 'What they have to do, step by step'],
					['Developers', 'What changed for those who build on it'],
				]),
				anything,
			];
		case 'triage':
			return [
				optional(
					choice('reach', 'How many people does this reach?', [
						['Everybody', 'It happens to all who use it'],
						['Some', 'It happens under certain conditions'],
						['One report', 'Nobody else has said so yet'],
					]),
				),
				...reportOf(work)
					.missing.slice(0, 2)
					.map((fact): JsonObject => ({
						id: fact,
						text: `The report does not say: ${fact}. Do you know?`,
						type: 'text',
						required: false,
					})),
			];
		default:
			return [
				choice('focus', 'What matters most to you here?', focusesIn(work)),
				...(work.job !== 'talk' && work.can('write_file')
					? [optional(choice('parts', partsQuestion, Object.entries(noteParts), 'multiple'))]
					: []),
				anything,
			];
	}
}

/** The things the request speaks of, or what every request can be seen by. */
function focusesIn({ topic }: Work): [string, string][] {
	const things = topic.subjects.slice(0, 2);
	return [
		...things.map((thing): [string, string] => [capital(thing), 'The rest is only touched on']),
		...(things.length === 0
			? ([
					['A decision', 'What speaks for each way, and which one I would go'],
					['Depth', 'The part that decides most, in detail'],
				] satisfies [string, string][])
			: []),
		['An overview', 'A little of everything, nothing in depth'],
	];
}
