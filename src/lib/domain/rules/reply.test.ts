import { expect, test } from 'vitest';
import { LogBuilder } from '../../../../tests/fixtures/log-builder';
import { foldSession } from '../log/session-state';
import type { Question } from '../question';
import { replyTo } from './reply';

const question = (id: string, required = false): Question => ({
	id,
	text: `${id}?`,
	type: 'text',
	options: [],
	required,
});

function asked(...questions: Question[]): LogBuilder {
	const log = new LogBuilder().created().prompt('Why?').lease().turn();
	log.call('ask_user', {}, 'q').end('tool_use');
	return log.add('question-asked', { callId: 'q', actor: 'main', questions });
}

const reply = (log: LogBuilder) => replyTo(foldSession(log.sessionId, log.events));

test('words to a single question are its answer, required or not', () => {
	const only = question('a', true);
	expect(reply(asked(only))).toEqual({ is: 'answers', callId: 'q', question: only });
});

test('words beside optional questions skip them all', () => {
	expect(reply(asked(question('a'), question('b')))).toEqual({ is: 'skips', callIds: ['q'] });
});

test('words beside a required question wait for its answer', () => {
	expect(reply(asked(question('a'), question('b', true)))).toEqual({ is: 'waits' });
});

test('words steer where nothing is asked, or permission as well', () => {
	expect(reply(new LogBuilder().created().prompt('Why?').lease().turn())).toEqual({ is: 'says' });
	const log = new LogBuilder().created().prompt('Why?').lease().turn();
	log.call('ask_user', {}, 'q').call('write_file', { path: 'a' }, 'w').end('tool_use').ask('w');
	log.add('question-asked', { callId: 'q', actor: 'main', questions: [question('a')] });
	expect(reply(log)).toEqual({ is: 'says' });
});
