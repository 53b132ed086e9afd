import { expect, test } from 'vitest';
import { runPractice as run, starter } from '../../../../tests/fakes/practice-run';

test('research asks for one thing, for several, and in words; what is chosen is written', async () => {
	const done = await run({
		...starter('research'),
		prompt: 'Which battery chemistry suits a garden lamp?',
	});
	const asked = done.calls.find(({ tool }) => tool === 'ask_user')?.input;
	expect(asked).toMatchObject({
		questions: [
			{
				text: 'What matters most to you here?',
				type: 'single',
				options: [
					{ label: 'Battery chemistry' },
					{ label: 'Garden lamp' },
					{ label: 'An overview' },
				],
			},
			{ type: 'multiple', required: false },
			{ type: 'text', required: false },
		],
	});
	const [notes = ''] = done.files.values();
	expect(notes).toContain('## Where to look');
	expect(notes).not.toContain('## How sure this is');
});

test('its thoughts begin differently', async () => {
	const done = await run({ ...starter('research'), prompt: 'Compare boats and trains' });
	const thoughts = done.answers.flatMap(([part]) =>
		part?.type === 'thinking' ? [part.text.slice(0, 30)] : [],
	);
	expect(thoughts.length).toBeGreaterThan(4);
	expect(new Set(thoughts).size).toBe(thoughts.length);
});
