import { describe, expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { blockKeyOf, locateBlock } from './locate-block';
import { foldTranscript } from './transcript';
import { BlockLayout, type Display } from './transcript-blocks';

function log(): LogBuilder {
	const log = new LogBuilder().created().prompt('Why do uploads stop?').lease();
	log.turn().think('Where is it read?').call('read_file', { path: 'a.ts' }, 'r1');
	log.call('read_file', { path: 'b.ts' }, 'r2').end('tool_use').run('r1', 'a').run('r2', 'b');
	return log.turn().say('In memory.').end();
}

function find(built: LogBuilder, kind: string, display: Display = 'compact', nth = 0) {
	const transcript = foldTranscript(built.events);
	const blocks = new BlockLayout(display).blocks(transcript.items, transcript.active);
	const event = built.events.filter((one) => one.kind === kind)[nth];
	const key = event ? blockKeyOf(event, transcript) : null;
	const located = key === null ? null : locateBlock(key, blocks, transcript.items);
	return located && { kind: blocks[located.index]?.kind, opens: located.opens.length };
}

describe('the block of an event', () => {
	test('is the one that shows it', () => {
		expect(find(log(), 'prompt')).toEqual({ kind: 'prompt', opens: 1 });
		expect(find(log(), 'text')).toEqual({ kind: 'text', opens: 1 });
		expect(find(log(), 'tool-call', 'extended')).toEqual({ kind: 'tool', opens: 1 });
	});

	test('of a result is that of its call', () => {
		expect(find(log(), 'tool-result', 'extended', 1)).toEqual({ kind: 'tool', opens: 1 });
	});

	test('is opened where work was folded away', () => {
		expect(find(log(), 'thinking')).toEqual({ kind: 'worked', opens: 2 });
		expect(find(log(), 'tool-result')).toEqual({ kind: 'worked', opens: 2 });
	});

	test('of a text that became the output is the output', () => {
		const built = new LogBuilder().created().prompt('List them').lease();
		built
			.turn()
			.say('{"a":1}')
			.end()
			.add('output', { raw: '{"a":1}', value: { a: 1 }, problems: [] });
		expect(find(built, 'text')).toEqual({ kind: 'output', opens: 1 });
		expect(find(built, 'output')).toEqual({ kind: 'output', opens: 1 });
	});

	test('is none for what no message tells', () => {
		expect(find(log(), 'lease-taken')).toBeNull();
	});
});
