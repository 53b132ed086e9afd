import { expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { foldTranscript } from './transcript';
import { foldEnding } from './transcript-ending';

function talk(rounds: number) {
	const log = new LogBuilder().created();
	for (let n = 0; n < rounds; n++) {
		log.prompt(`Ask ${n}`).lease().turn().call('read_file', { path: 'a' }, `c${n}`);
		log.end('tool_use').run(`c${n}`, 'read').turn().say(`Say ${n}`).end();
		log.add('ended', { status: 'completed' });
	}
	return log.events;
}

test('the ending of a log is told as the whole of it tells it', () => {
	const events = talk(6);
	const whole = foldTranscript(events).items;
	for (let last = 1; last <= events.length; last++) {
		const ending = foldEnding(events.slice(-last));
		const told = ending.filter(({ kind }) => kind === 'turn' || kind === 'prompt');
		expect(whole).toEqual(expect.arrayContaining(told));
		if (last > 20) expect(told[0]).toMatchObject({ kind: 'prompt', steering: false });
	}
});

test('a stretch longer than what was read begins with a whole turn', () => {
	const events = talk(1);
	const last = events.findLastIndex(({ kind }) => kind === 'turn-started');
	const [first] = foldEnding(events.slice(last - 1));
	expect(first).toEqual(foldTranscript(events).items.findLast(({ kind }) => kind === 'turn'));
});

test('where nothing begins, nothing is told', () => {
	expect(foldEnding([])).toEqual([]);
	expect(foldEnding(talk(1).slice(-1))).toEqual([]);
});
