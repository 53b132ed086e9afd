import { expect, test } from 'vitest';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { all, baseRequest, expectOrder, partsOf } from '../../../tests/contracts/model-port';
import { ConnectionService } from './connection-service';
import { storedPorts } from './ports';
// Loaded beforehand: a cold dev server takes longer to bundle them than a test may last.
import './list-models';
import '../models/practice/practice-fetch';
import '../models/sdk-model';

const hello = (text: string) => ({
	...baseRequest,
	thinking: true,
	messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }],
});

test('in a browser Practice is connected, thinks, answers, and stops when told to', async () => {
	const db = new MusterDb(`ports-${newId()}`);
	const practice = { kind: 'practice', name: '', baseUrl: '', auth: 'none', profile: '' } as const;
	const { connectionId } = await new ConnectionService(db).save(practice);
	const port = await storedPorts(db).open(connectionId);
	const events = await all({ port, request: hello('Tell me about tides\n/practice fast') });
	expectOrder(events);
	expect(partsOf(events)).toMatchObject([
		{ type: 'thinking', signature: expect.stringMatching(/./) },
		{ type: 'text', text: expect.stringMatching(/^Practice replies are scripted/) },
	]);
	const stop = new AbortController();
	const run = async (): Promise<void> => {
		for await (const event of port.stream(hello('/practice long 20000'), stop.signal))
			if (event.type === 'delta') stop.abort(new Error('Enough'));
	};
	await expect(run()).rejects.toThrow('Enough');
	db.close();
});

test('an endpoint that is not there is told as out of reach, as this browser words it', async () => {
	const db = new MusterDb(`ports-${newId()}`);
	const local = {
		kind: 'compatible',
		name: '',
		// Nothing listens on the discard port, and browsers refuse it themselves.
		baseUrl: 'http://localhost:9',
		auth: 'none',
		profile: 'ollama',
	} as const;
	await expect(new ConnectionService(db).check(local)).rejects.toMatchObject({
		failure: { code: 'network', message: 'localhost:9 can’t be reached.' },
	});
	db.close();
});
