import { describe, expect, test } from 'vitest';
import { starterAgents } from '$lib/domain/agents/starter-agents';
import { validate } from '$lib/domain/schema/validate';
import {
	lastText,
	practice,
	runPractice as run,
	starter,
} from '../../../../tests/fakes/practice-run';
import { all, baseRequest } from '../../../../tests/contracts/model-port';

const agents = starterAgents(0);
const code = `Review this:
\`\`\`js
function total(items) {
  var sum = 0;
  for (let i = 0; i <= items.length; i++) sum += items[i].price;
  return sum == "0" ? 0 : sum;
}
\`\`\``;
const changes = `Release 2.4.0:
- feat(sync): offline queue survives a reload
- fix: crash when opening an empty board (#123)
- chore: update dependencies
- remove support for Node 16`;
const reported = {
	title: 'Dragging a card crashes the app',
	description:
		'I opened a board on the board page and dragged a card. I expected the card to move.',
	environment: '2.4.1, Firefox on Linux',
	frequency: 'every time',
};
const report = `Input:\n\n\`\`\`json\n${JSON.stringify(reported, null, 2)}\n\`\`\``;

describe('the starter agents come to their end', () => {
	test('research asks, plans, writes its notes and answers with an output that fits', async () => {
		const agent = starter('research');
		const prompt = 'Compare ways to keep notes in sync between a phone and a laptop';
		const done = await run({ ...agent, prompt });
		expect(done.stopReason).toBe('end_turn');
		expect(new Set(done.calls.map(({ tool }) => tool))).toEqual(
			new Set(['update_plan', 'list_files', 'ask_user', 'write_file', 'read_file', 'edit_file']),
		);
		expect([...done.files]).toEqual([
			[expect.stringMatching(/^notes\/.+\.md$/), expect.stringMatching(/sync[^]*read again once/)],
		]);
		const output: unknown = JSON.parse(lastText(done));
		expect(validate(agent.outputSchema ?? {}, output as never)).toEqual([]);
		expect(output).toMatchObject({ question: prompt, findings: [{ confidence: 'low' }, {}, {}] });
	});
	test('the reviewer saves the code, mends what it finds by edits, and gives its verdict', async () => {
		const done = await run({ ...starter('code-review'), prompt: code });
		const edits = done.calls.filter(({ tool }) => tool === 'edit_file');
		expect(edits).toHaveLength(2);
		expect(done.files.get('src/total.js')).toMatch(/i < items\.length[^]*sum === "0"/);
		expect(lastText(done)).toMatch(
			/^I would merge this after .*\n\n## What is left\n\n- \*\*Consider\*\*, `src\/total\.js:2`/,
		);
	});
	test('the reviewer without code asks for it, and says that it reviews a sample', async () => {
		const done = await run({
			...starter('code-review'),
			prompt: 'Review my pull request',
			answer: ({ tool }) =>
				tool === 'ask_user'
					? { content: 'The person skipped the questions.', isError: false }
					: undefined,
		});
		expect(done.calls.map(({ tool }) => tool)).toContain('ask_user');
		expect(done.text).toMatch(/There is no code to review, so I write a sample/);
		expect([...done.files.values()][0]).toMatch(/^\/\/ A sample, made up for practice/);
	});
	test('the reviewer reviews code it is given as an answer', async () => {
		const done = await run({
			...starter('code-review'),
			prompt: 'Review my pull request',
			answer: ({ tool }) => (tool === 'ask_user' ? { content: code, isError: false } : undefined),
		});
		expect([...done.files.keys()]).toEqual(['src/total.js']);
	});
	test('the release notes ask for their readers, sort the changes, and drop what nobody notices', async () => {
		const done = await run({ ...starter('release-notes'), prompt: changes });
		const notes = done.files.get('release-notes/2.4.0.md');
		expect(notes).toMatch(
			/## Breaking\n\n- Remove support for Node 16\n\n## Added\n\n- Sync: offline/,
		);
		expect(notes).toMatch(/## Fixed\n\n- Crash when opening an empty board \(#123\)\n/);
		expect(notes).not.toMatch(/dependencies/);
		expect(lastText(done)).toMatch(/4 changes became 3 notes\.[^]*- chore: update dependencies/);
		expect(done.calls.map(({ tool }) => tool)).toContain('ask_user');
		const told = await run({ ...starter('release-notes'), prompt: `${changes}\nFor developers.` });
		expect(told.calls.map(({ tool }) => tool)).not.toContain('ask_user');
	});
	test('triage reads its form, asks what is missing without needing it, and judges', async () => {
		const agent = starter('bug-triage');
		const done = await run({ ...agent, prompt: report.replace('2.4.1, ', '') });
		const asked = done.calls.find(({ tool }) => tool === 'ask_user')?.input;
		expect(asked).toMatchObject({
			questions: [{ required: false }, { required: false }, { required: false }],
		});
		const output = JSON.parse(lastText(done)) as Record<string, unknown>;
		expect(validate(agent.outputSchema ?? {}, output as never)).toEqual([]);
		expect(output).toMatchObject({
			kind: 'bug',
			severity: 'high',
			area: 'board',
			steps: ['Opened a board on the board page and dragged a card'],
			expected: 'the card to move.',
			missingInformation: ['steps to reproduce', 'version'],
			likelyCause: '',
		});
	});
	test.each(agents.map(({ name }) => name))(
		'%s needs fewer calls than it may make',
		async (name) => {
			const agent = agents.find((one) => one.name === name);
			const done = await run({
				...starter(agent?.id.slice(8) ?? ''),
				prompt: 'Do what you are here for',
			});
			expect(done.stopReason).toBe('end_turn');
			expect(done.answers.length).toBeLessThanOrEqual(10);
		},
	);
});

describe('practice', () => {
	test('says first that it is scripted, also in thinking where its words are data', async () => {
		const plain = await run({ prompt: 'Hello' });
		expect(plain.text).toMatch(/^Practice replies are scripted/);
		const chat = await run({ prompt: 'Tell me about tides', tools: [] });
		expect(chat.text).toMatch(/^Practice replies are scripted/);
		const outputSchema = { type: 'object', properties: { a: { type: 'string' } } };
		const data = await run({ prompt: 'Hello', tools: [], outputSchema });
		expect(data.answers[0]).toMatchObject([
			{ type: 'thinking', text: expect.stringMatching(/^Practice replies are scripted/) },
			{ type: 'text', text: expect.stringMatching(/^\{/) },
		]);
	});
	test('says the same to the same conversation, with call ids that never repeat', async () => {
		const [one, other] = [await run({ prompt: code }), await run({ prompt: code })];
		expect(one.messages).toEqual(other.messages);
		const ids = one.calls.map(({ callId }) => callId);
		expect(new Set(ids).size).toBe(ids.length);
	});
	test('takes a refusal in: says so, does not try again, and gives the text instead', async () => {
		const done = await run({
			prompt: 'Write a note about tides',
			answer: ({ tool }) =>
				tool === 'write_file' ? { content: 'Mara denied this: not now', isError: true } : undefined,
		});
		expect(done.calls.filter(({ tool }) => tool === 'write_file')).toHaveLength(1);
		expect(done.text).toContain('`write_file` was not done: “Mara denied this: not now”');
		expect(lastText(done)).toMatch(/This is what I would have written:[^]*tides/);
		expect(done.files.size).toBe(0);
	});
	test('takes in what is added on the way', async () => {
		const done = await run({
			prompt: 'Write a note about tides',
			steer: (nth) => (nth === 1 ? 'Mention the moon' : null),
		});
		expect(done.text).toContain('You added: “Mention the moon”');
		expect([...done.files.values()].join()).toContain('> Mention the moon');
	});
	test('stops when it is told to', async () => {
		const done = await run({
			prompt: 'Write a note about tides',
			steer: (nth) => (nth === 1 ? 'Stop, that is enough' : null),
		});
		expect(done.answers).toHaveLength(2);
		expect(done.files.size).toBe(0);
	});
	test('writes no prose into code on a follow-up, and asks for no change again that was denied', async () => {
		const agent = starter('code-review');
		let denied = 0;
		const answer = ({ tool }: { tool: string }) =>
			tool === 'edit_file' && denied++ === 0
				? { content: 'The person denied this.', isError: true }
				: undefined;
		const first = await run({ ...agent, prompt: code, answer });
		const before = first.calls.find(({ tool }) => tool === 'edit_file');
		const done = await run({
			...agent,
			prompt: 'Also look at the name of the function',
			after: first,
		});
		expect(done.files.get('src/total.js')).not.toMatch(/##|\*\*/);
		const edits = done.calls.filter(({ tool }) => tool === 'edit_file');
		expect(edits.map(({ input }) => input)).not.toContainEqual(before?.input);
		expect(done.stopReason).toBe('end_turn');
	});
	test('adds to what is there on a follow-up, and never replaces a file it did not write', async () => {
		const first = await run({ prompt: 'Write a note about tides' });
		const then = await run({ prompt: 'Also cover storm surges in harbours', after: first });
		expect(then.calls.map(({ tool }) => tool)).toContain('edit_file');
		const [note = ''] = then.files.values();
		expect(note).toMatch(/## Also cover storm surges in harbours/);
		expect(note).toMatch(/^# Write a note about tides/);
		const files = { 'README.md': '# Mine\n\nKept as it is.\n' };
		const asked = await run({ prompt: 'Extend README.md with a part about tides', files });
		expect(asked.files.get('README.md')).toMatch(
			/^# Mine\n\n## Extend README\.md[^]*Kept as it is\.\n$/,
		);
	});
	test('thinks more with more effort', async () => {
		const thought = async (effort: string) => {
			const { answers } = await run({ prompt: 'Tell me about tides', tools: [], effort });
			const [part] = answers[0] ?? [];
			return part?.type === 'thinking' ? part.text.length : 0;
		};
		expect(await thought('low')).toBeLessThan(await thought('high'));
	});
	test('streams at its pace', async () => {
		const started = performance.now();
		const events = await all({ port: practice(2_000), request: baseRequest });
		const end = events.at(-1);
		const tokens = end?.type === 'end' ? (end.usage?.output ?? 0) : 0;
		expect(tokens).toBeGreaterThan(50);
		expect(performance.now() - started).toBeGreaterThan((tokens / 2_000) * 1_000 * 0.8);
	});
	test('is not there for a model it has not', async () => {
		const request = { ...baseRequest, model: 'claude-opus-5-5' };
		await expect(all({ port: practice(), request })).rejects.toMatchObject({
			failure: { code: 'not-found', message: expect.stringMatching(/^Practice has no model/) },
		});
	});
});

describe('a line that begins with /practice', () => {
	test('fails as often as it says, then answers', async () => {
		const port = practice();
		const messages = [
			{
				role: 'user' as const,
				content: [{ type: 'text' as const, text: 'Hi\n/practice error 529 x2' }],
			},
		];
		const request = { ...baseRequest, messages };
		const codes: string[] = [];
		for (let tries = 0; tries < 3; tries++) {
			codes.push(
				await all({ port, request }).then(
					() => 'answered',
					(error: { failure: { code: string } }) => error.failure.code,
				),
			);
		}
		expect(codes).toEqual(['overloaded', 'overloaded', 'answered']);
	});
	test('calls tools until it is stopped', async () => {
		const done = await run({ prompt: '/practice loop', maxTurns: 12 });
		expect(done.answers).toHaveLength(12);
		expect(done.stopReason).toBe('tool_use');
	});
	test('writes at the length it was told', async () => {
		const done = await run({ prompt: 'Tides\n/practice long 20000' });
		expect(done.text.length / 4).toBeGreaterThan(20_000);
		expect(done.text.length / 4).toBeLessThan(21_000);
	});
	test('goes on after a pause', async () => {
		const paused = await run({ prompt: 'Tides\n/practice stop pause_turn', tools: [] });
		expect(paused.stopReason).toBe('pause_turn');
		const request = { ...baseRequest, messages: paused.messages };
		expect((await all({ port: practice(), request })).at(-1)).toMatchObject({
			stopReason: 'end_turn',
		});
	});
	test('holds only for the turn it was said in, and explains itself', async () => {
		const first = await run({ prompt: '/practice' });
		expect(first.text).toMatch(/^Practice replies are scripted\.[^]*\/practice stall/);
		const then = await run({ prompt: 'Hello', after: first });
		expect(then.text).not.toContain('/practice stall');
	});
});
