import { expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { outcomeCount, outcomeOf } from './outcome';
import { foldTranscript } from './transcript';

const begun = () => new LogBuilder().created().prompt('Why?').lease();
const of = (log: LogBuilder) => outcomeOf(foldTranscript(log.events).items);

test('there is no answer while the agent is on its way', () => {
	const log = begun()
		.turn()
		.say('Let me look.')
		.call('read_file', { path: 'a' }, 'r')
		.end('tool_use');
	expect(of(log)).toEqual({ outputs: [], answer: null });
});

test('the last message that ended a stretch of work is the answer', () => {
	const log = begun().turn().say('First.').end().prompt('Again').turn().say('Second.').end();
	expect(of(log).answer).toMatchObject({ turnId: 'main.2', actor: 'main', text: 'Second.' });
	expect(outcomeCount(of(log))).toBe(1);
});

test('a message that was cut off is no answer', () => {
	expect(of(begun().turn().say('Half').end('max_tokens')).answer).toBeNull();
});

test('outputs stand newest first, and count instead of the answer', () => {
	const log = begun().turn().say('{}').end();
	log.add('output', { raw: '{}', problems: [{ at: '/a', message: 'is missing' }] });
	log.add('output', { raw: '{"a":1}', value: { a: 1 }, problems: [] });
	expect(of(log).outputs.map(({ raw }) => raw)).toEqual(['{"a":1}', '{}']);
	expect(outcomeCount(of(log))).toBe(2);
});
