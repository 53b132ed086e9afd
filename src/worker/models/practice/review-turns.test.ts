import { expect, test } from 'vitest';
import { lastText, runPractice as run, starter } from '../../../../tests/fakes/practice-run';

const code = `Review this:
\`\`\`js
function total(items) {
  var sum = 0;
  for (let i = 0; i <= items.length; i++) sum += items[i].price;
  return sum == "0" ? 0 : sum;
}
\`\`\``;
test('the reviewer goes on reviewing: markdown stays out of code, and a line is pointed at', async () => {
	const first = await run({ ...starter('code-review'), prompt: code });
	const then = await run({
		...starter('code-review'),
		prompt: 'Also look at the name of the function',
		after: first,
	});
	expect(then.files.get('src/total.js')).not.toMatch(/^##|^- \*\*/m);
	expect(lastText(then)).toMatch(/“Also look at the name of the function”[^]*`src\/total\.js:1`/);
});

test('the reviewer takes no for an answer, in later turns too, until it is asked to change something', async () => {
	const deny = ({ tool }: { tool: string }) =>
		tool === 'edit_file' ? { content: 'The person denied this call.', isError: true } : undefined;
	const first = await run({ ...starter('code-review'), prompt: code, answer: deny });
	const asked = await run({
		...starter('code-review'),
		prompt: 'And is the name all right?',
		after: first,
	});
	expect(asked.calls.map(({ tool }) => tool)).not.toContain('edit_file');
	expect(lastText(asked)).toMatch(/Left as it is: you said no/);
	const refused = first.calls.filter(({ tool }) => tool === 'edit_file');
	const told = await run({ ...starter('code-review'), prompt: 'Fix the rest', after: first });
	const offered = told.calls.filter(({ tool }) => tool === 'edit_file');
	expect(offered.length).toBeGreaterThan(0);
	for (const { input } of refused)
		expect(offered.map((one) => one.input)).not.toContainEqual(input);
});

test('code of a later turn is reviewed as well, and code that could not be written is judged as given', async () => {
	const first = await run({ ...starter('code-review'), prompt: code });
	const more = '```js\nfunction first(list) {\n  if (list.length == 0) return null;\n}\n```';
	const then = await run({
		...starter('code-review'),
		prompt: `And this:\n${more}`,
		after: first,
	});
	expect(then.files.get('src/first.js')).toContain('list.length === 0');
	const unwritten = await run({
		...starter('code-review'),
		prompt: code,
		answer: ({ tool }) =>
			tool === 'write_file'
				? { content: 'The person denied this call.', isError: true }
				: undefined,
	});
	expect(lastText(unwritten)).toMatch(/^I would not merge this yet/);
});
