import { expect, test } from 'vitest';
import { LogBuilder, you } from '../../../../tests/fixtures/log-builder';
import { MAIN } from '../log/event';
import { sessionMarkdown } from './session-markdown';
import { foldTranscript } from './transcript';

const of = (log: LogBuilder, title = 'A title') =>
	sessionMarkdown({ title, items: foldTranscript(log.events).items, nameOf: () => 'Reviewer' });

test('what was said, thought and done stands in order, each under who it was', () => {
	const log = new LogBuilder().created().prompt('Read a').lease();
	log.turn().think('Hm').say('I look.').call('read_file', { path: 'a' }, 'r').end('tool_use');
	log.run('r', 'one\n', { ms: 2000 }).turn().say('It says one.').end();
	expect(of(log)).toBe(
		[
			'# A title',
			'## Mara, 2026-07-16 12:26 UTC',
			'Read a',
			'## Reviewer, 2026-07-16 12:26 UTC',
			'> Thought:\n> \n> Hm',
			'I look.',
			'**read_file** (done, 2s)',
			'```json\n{\n  "path": "a"\n}\n```',
			'```\none\n```',
			'It says one.\n',
		].join('\n\n'),
	);
});

test('nothing inside ends the fence around it', () => {
	const log = new LogBuilder().created().prompt('Go').lease();
	log.turn().call('read_file', { path: 'a' }, 'r').end('tool_use').run('r', 'a\n````js\nb\n````');
	expect(of(log)).toContain('`````\na\n````js\nb\n````\n`````');
});

test('files that were handed along are named, and those of text are there', () => {
	const log = new LogBuilder().created();
	log.add(
		'prompt',
		{
			actor: MAIN,
			text: 'Look',
			context: [{ title: 'T-001 Slow', text: 'It is slow.' }],
			attachments: [
				{ name: 'a.txt', mediaType: 'text/plain', size: 2, data: 'hi' },
				{ name: 'b.png', mediaType: 'image/png', size: 2048, data: 'AAAA' },
			],
		},
		you,
	);
	const text = of(log);
	expect(text).toContain('_T-001 Slow_\n\n> It is slow.');
	expect(text).toContain('_Attached: a.txt, 2 B_\n\n```\nhi\n```');
	expect(text).toContain('b.png');
	expect(text).not.toContain('AAAA');
});

test('a title of many lines is one heading', () => {
	expect(of(new LogBuilder().created(), 'One\n# Two')).toBe('# One # Two\n');
});
