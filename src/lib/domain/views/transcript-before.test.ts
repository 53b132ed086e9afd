import { expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { foldTranscript } from './transcript';
import { reasonFor, stepsBefore } from './transcript-before';

test('a request knows why it was made and the last three steps before it', () => {
	const log = new LogBuilder().created().prompt('Why?').lease().turn();
	for (const id of ['r1', 'r2', 'r3']) log.call('read_file', { path: id }, id);
	log.end('tool_use');
	for (const id of ['r1', 'r2', 'r3']) log.run(id, id);
	log.turn().say('To send it in slices.').call('search_files', { query: 'x' }, 's1');
	log.call('write_file', { path: 'a' }, 'w1').end('tool_use').run('s1', 'found').ask('w1');
	const { items } = foldTranscript(log.events);
	const turn = items.findLast((item) => item.kind === 'turn');
	const call = turn?.parts.findLast((part) => part.type === 'tool');
	if (!turn || !call) throw new Error('The log has no call');
	expect(reasonFor(turn, call)).toBe('To send it in slices.');
	expect(stepsBefore(items, turn, call).map((part) => part.callId)).toEqual(['r2', 'r3', 's1']);
});
