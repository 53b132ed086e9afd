import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../../app.css';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import type { StoredEvent } from '$lib/domain/log/event';
import { clearSessions, showSession } from '../../../../tests/support/session-detail';
import { app } from '$lib/state/app.svelte';

beforeEach(() => page.viewport(1000, 800));
afterEach(clearSessions);

/** The hidden characters that are named within. */
const named = (root: Element | null = document.body) =>
	[...(root?.querySelectorAll<HTMLElement>('.hidden-character') ?? [])].map(
		({ dataset }) => dataset['point'],
	);

const turned = 'a\u202eb';
const begun = () => new LogBuilder('misleading').created().prompt('Begin.').lease().turn();

test('what a tool was given and what it gave are shown with what would mislead in them', async () => {
	const log = begun().call('read_file', { path: turned }, 'read').end('tool_use');
	log.run('read', 'line\u2067\nline\u00a0two', { isError: true });
	await showSession(log.turn());
	await expect.poll(() => named()).toEqual(['U+202E', 'U+202E', 'U+2067']);
});

test('a plan is shown with what would mislead in it', async () => {
	const log = begun().call('update_plan', { items: [] }, 'plan').end('tool_use');
	const items = [{ text: turned, status: 'in-progress' as const }];
	log.add('plan-updated', { callId: 'plan', actor: 'main', items });
	await showSession(log.turn());
	await page.getByRole('button', { name: /^Plan 0 of 1/ }).click();
	await expect.poll(() => named(document.querySelector('.plan'))).toEqual(['U+202E', 'U+202E']);
});

test('questions, their options and the answers are shown with what would mislead in them', async () => {
	const log = begun().call('ask_user', { questions: [] }, 'ask').end('tool_use');
	const option = { label: turned, description: 'x\u2066y' };
	const base = { required: true, options: [] };
	log.add('question-asked', {
		callId: 'ask',
		actor: 'main',
		questions: [
			{ ...base, id: 'one', text: 'One\u202d', type: 'single', options: [option] },
			{ ...base, id: 'two', text: 'Two\u2068', type: 'text' },
		],
	});
	await showSession(log);
	// The first question names its field for other words as well.
	await expect
		.poll(() => named(document.querySelector('form.question')))
		.toEqual(['U+202D', 'U+202E', 'U+2066', 'U+202D', 'U+2068', 'U+2068']);
	const answers = [
		{ id: 'one', chosen: [turned], text: null },
		{ id: 'two', chosen: null, text: 'b\u2067' },
	];
	log.add('question-answered', { callId: 'ask', answers }, log.person);
	await app.db.events.add(log.events.at(-1) as StoredEvent);
	await expect
		.poll(() => named(document.querySelector('.record')))
		.toEqual(['U+202D', 'U+202E', 'U+2068', 'U+2067']);
});

test('a file and what changed in it are shown with all that cannot be seen', async () => {
	const log = begun().call('write_file', { path: 'a.ts', content: '' }, 'one').end('tool_use');
	log.run('one', 'Written', { files: [{ path: 'a.ts', content: 'let a\u200b;\n' }] });
	log.turn().call('write_file', { path: 'a.ts', content: '' }, 'two').end('tool_use');
	log.run('two', 'Written', { files: [{ path: 'a.ts', content: 'let b\u202e;\n' }] });
	await showSession(log.turn().say('Done.').end());
	await page.getByRole('tab', { name: /Files/ }).click();
	const content = page.getByRole('region', { name: 'Content of a.ts' });
	await expect.poll(() => named(content.query())).toEqual(['U+202E']);
	await page.getByLabelText('Compare with').selectOptions('0');
	await expect.poll(() => named(content.query())).toEqual(['U+200B', 'U+202E']);
});
