import { describe, expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { foldTranscript } from './transcript';
import { BlockLayout, type Block, type Display } from './transcript-blocks';
import { summariseWork } from './transcript-work';

const begun = () => new LogBuilder().created().prompt('Why do uploads stop?').lease();

function lay(log: LogBuilder, display: Display = 'compact'): Block[] {
	const { items, active } = foldTranscript(log.events);
	return new BlockLayout(display).blocks(items, active);
}
const kinds = (log: LogBuilder, display?: Display) => lay(log, display).map(({ kind }) => kind);

/** Two reads, a failed search, then the answer. */
function worked(): LogBuilder {
	const log = begun().turn().think('Where is it read?');
	log.call('read_file', { path: 'a.ts' }, 'r1').call('read_file', { path: 'b.ts' }, 'r2');
	log.end('tool_use').run('r1', 'a').run('r2', 'b');
	log.turn().call('search_files', { query: '(' }, 's1').end('tool_use');
	return log.run('s1', 'Bad pattern', { isError: true });
}

describe('compact', () => {
	test('work that goes on stays open', () => {
		expect(kinds(worked())).toEqual(['prompt', 'speaker', 'thinking', 'tool', 'tool', 'tool']);
	});

	test('work that an answer follows is one line, under one speaker', () => {
		const log = worked().turn().say('In memory.').end().add('ended', { status: 'completed' });
		expect(kinds(log)).toEqual(['prompt', 'speaker', 'worked', 'text']);
	});

	test('work is over when the session rests', () => {
		expect(kinds(worked().add('ended', { status: 'cancelled' }))).toEqual([
			'prompt',
			'speaker',
			'worked',
		]);
	});

	test('a call that waits for permission stays out of the fold', () => {
		const log = worked().turn().say('I will fix it.').call('write_file', { path: 'a.ts' }, 'w1');
		log.end('tool_use').ask('w1');
		expect(kinds(log)).toEqual(['prompt', 'speaker', 'worked', 'text', 'tool']);
	});

	test('what was asked of a person stays out of the fold', () => {
		const log = begun().turn().call('ask_user', {}, 'q1').end('tool_use');
		const questions = [
			{ id: 'a', text: 'Which?', type: 'text' as const, options: [], required: true },
		];
		log.add('question-asked', { callId: 'q1', actor: 'main', questions });
		log.add('question-answered', { callId: 'q1', answers: null }, log.person).result('q1', '…');
		expect(kinds(log.turn().say('Then so.').end())).toEqual(['prompt', 'speaker', 'tool', 'text']);
	});

	test('a single call is not folded into a line as long', () => {
		const log = begun()
			.turn()
			.call('read_file', { path: 'a' }, 'r1')
			.end('tool_use')
			.run('r1', 'a');
		expect(kinds(log.turn().say('Yes.').end())).toEqual(['prompt', 'speaker', 'tool', 'text']);
	});

	test('a thought is folded with the calls it led to, after what was said in between', () => {
		const log = begun().turn().think('Hm').say('I look.').call('read_file', { path: 'a' }, 'r1');
		log.end('tool_use').run('r1', 'a').turn().think('So').say('I write.');
		log.call('write_file', { path: 'a' }, 'w1').end('tool_use').run('w1', 'ok');
		log.turn().think('Done').say('It is done.').end().add('ended', { status: 'completed' });
		const blocks = lay(log);
		expect(blocks.map(({ kind }) => kind)).toEqual([
			'prompt',
			'speaker',
			'text',
			'worked',
			'text',
			'worked',
			'text',
		]);
	});

	test('thinking alone is no work', () => {
		const log = begun().turn().think('Hm').say('Yes.').end();
		expect(kinds(log)).toEqual(['prompt', 'speaker', 'thinking', 'text']);
	});
});

test('extended folds nothing', () => {
	const log = worked().turn().say('In memory.').end().add('ended', { status: 'completed' });
	expect(kinds(log, 'extended').filter((kind) => kind === 'tool')).toHaveLength(3);
	expect(kinds(log, 'extended')).not.toContain('worked');
});

test('focus folds what an agent says on its way', () => {
	const log = begun().turn().say('Let me look.').call('read_file', { path: 'a' }, 'r1');
	log.end('tool_use').run('r1', 'a').turn().think('Hm').say('In memory.').end();
	log.add('warning', { code: 'x', message: 'y' });
	expect(kinds(log, 'focus')).toEqual(['prompt', 'speaker', 'worked', 'text']);
});

test('focus folds while the work goes on, and keeps why something is asked', () => {
	const log = begun().turn().say('Let me look.').call('read_file', { path: 'a' }, 'r1');
	log.end('tool_use').run('r1', 'a').turn().say('I will fix it.');
	log.call('write_file', { path: 'a' }, 'w1').end('tool_use').ask('w1');
	expect(kinds(log, 'focus')).toEqual(['prompt', 'speaker', 'worked', 'text', 'tool']);
});

test('an output stands for the text it was made from', () => {
	const log = begun().turn().say('{"ok":true}').end();
	log.add('output', { raw: '{"ok":true}', value: { ok: true }, problems: [] });
	expect(kinds(log)).toEqual(['prompt', 'output']);
});

test('a turn without anything yet is pending', () => {
	expect(kinds(begun().turn())).toEqual(['prompt', 'speaker', 'pending']);
	expect(kinds(begun().turn().delta('text', 'In'))).toEqual(['prompt', 'speaker', 'text']);
});

test('a failure stands until it is history', () => {
	const failure = { code: 'overloaded', message: 'The model is overloaded.' };
	const log = begun().turn().delta('text', 'In');
	log.add('turn-failed', { turnId: 'main.1', failure, retryAt: log.now + 1000, ms: 5 });
	expect(kinds(log)).toEqual(['prompt', 'speaker', 'failed-turn']);
	expect(kinds(log.turn({ attempt: 2 }))).toEqual(['prompt', 'speaker', 'dropped-turn', 'pending']);
});

test('blocks of rounds that did not change are the same objects', () => {
	const log = worked().turn().say('In memory.').end().add('ended', { status: 'completed' });
	const layout = new BlockLayout('compact');
	const transcript = foldTranscript(log.events);
	const before = layout.blocks(transcript.items, false);
	log.prompt('Fix it');
	const items = [...transcript.items, ...foldTranscript(log.events).items.slice(-1)];
	const after = layout.blocks(items, true);
	expect(after.slice(0, before.length)).toEqual(before);
	expect(after.slice(0, before.length).every((block, place) => block === before[place])).toBe(true);
});

test('a stretch of work says how long it took and what was done', () => {
	const log = worked().turn().say('In memory.').end().add('ended', { status: 'completed' });
	const block = lay(log).find(({ kind }) => kind === 'worked');
	expect(block?.kind === 'worked' && summariseWork(block.blocks)).toEqual({
		// 18 s of thinking, two calls written in 0.3 s each, a third; three runs of 0.4 s.
		ms: 18_000 + 600 + 300 + 1200,
		done: '2 files read',
		failed: 1,
		denied: 0,
	});
});
