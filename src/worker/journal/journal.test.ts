import { describe, expect, test } from 'vitest';
import { BY_ENGINE } from '$lib/domain/deciders/step';
import { foldSession } from '$lib/domain/log/session-state';
import { MusterDb } from '$lib/store/db';
import { newId } from '$lib/store/ids';
import { LogMovedOnError, StorageFullError } from '$lib/store/log';
import { eventsAfter } from '$lib/store/sessions';
import { agentWith, start } from '../../../tests/support/sessions';
import { person } from '../../../tests/support/simulation';
import { Journal } from './journal';

function journalOn(db: MusterDb): Journal {
	return new Journal({ db, device: { id: 'd1', name: 'Laptop' }, now: () => 5, newId });
}

const rename = { kind: 'renamed', by: person, title: 'Another' } as const;

describe('an append', () => {
	test('makes events, row and command durable together', async () => {
		const db = new MusterDb(newId());
		const log = await journalOn(db).open('s1');
		await db.commands.add({
			id: 'k1',
			sessionId: 's1',
			at: 1,
			by: person,
			command: { kind: 'rename', title: 'Another' },
			state: 'received',
		});
		const command = await db.commands.where('id').equals('k1').first();
		await log.append([...start(agentWith('ask')), rename], { command });
		expect(await eventsAfter(db, 's1', -1)).toHaveLength(4);
		expect(await db.sessions.get('s1')).toMatchObject({ title: 'Another', seq: 3 });
		expect(await db.commands.where('id').equals('k1').first()).toMatchObject({ state: 'applied' });
	});

	test('bears the moment it is told, whatever the clock has gone on to', async () => {
		let now = 5;
		const parts = { db: new MusterDb(newId()), device: { id: 'd1', name: 'Laptop' }, newId };
		const log = await new Journal({ ...parts, now: () => now++ }).open('s1');
		await log.append(start(agentWith('ask')));
		const [renamed] = await log.append([rename], { at: 5_000 });
		expect(renamed?.at).toBe(5_000);
	});

	test('decides on the state it is appended to, however many are asked for at once', async () => {
		const log = await journalOn(new MusterDb(newId())).open('s1');
		await log.append(start(agentWith('ask')));
		const seen: string[] = [];
		await Promise.all(
			['One', 'Two', 'Three'].map((title) =>
				log.append((state) => {
					seen.push(state.title);
					return [{ kind: 'renamed', by: person, title }];
				}),
			),
		);
		expect(seen.slice(1)).toEqual(['One', 'Two']);
	});

	test('keeps in memory what is stored: a fold of what is read gives the same state', async () => {
		const db = new MusterDb(newId());
		const log = await journalOn(db).open('s1');
		await log.append(start(agentWith('ask')));
		await log.append([rename]);
		expect(foldSession('s1', await eventsAfter(db, 's1', -1))).toEqual(log.state);
	});

	test('replaces the pieces of a part by the part', async () => {
		const db = new MusterDb(newId());
		const log = await journalOn(db).open('s1');
		await log.append(start(agentWith('ask')));
		const by = { kind: 'agent', actor: 'main' } as const;
		const at = { by, turnId: 'main.1', index: 0 };
		const [piece] = await log.append([{ kind: 'part-delta', ...at, part: 'text', text: 'He' }]);
		await log.append([{ kind: 'text', ...at, text: 'Hello' }], { replaces: [piece?.seq ?? -1] });
		const kinds = (await eventsAfter(db, 's1', 2)).map((event) => event.kind);
		expect(kinds).toEqual(['text']);
	});

	test('refuses a log that another engine has written to, and writes nothing', async () => {
		const db = new MusterDb(newId());
		const first = await journalOn(db).open('s1');
		await first.append(start(agentWith('ask')));
		const second = await journalOn(db).open('s1');
		await second.append([rename]);
		const drafts = [{ kind: 'warning', by: BY_ENGINE, code: 'w', message: '' } as const];
		await expect(first.append(drafts)).rejects.toThrow(LogMovedOnError);
		await expect(first.append(drafts)).rejects.toThrow(LogMovedOnError);
		expect(await eventsAfter(db, 's1', -1)).toHaveLength(4);
	});

	test('refuses an event that has been written meanwhile, before the last place given out', async () => {
		const db = new MusterDb(newId());
		const log = await journalOn(db).open('s1');
		await log.append(start(agentWith('ask')));
		const by = { kind: 'agent', actor: 'main' } as const;
		const piece = { kind: 'part-delta', by, turnId: 'main.1', index: 0, part: 'text' } as const;
		const [said] = await log.append([{ ...piece, text: 'He' }]);
		const [renamed] = await log.append([rename], { replaces: [said?.seq ?? -1] });
		if (!said || !renamed) throw new Error('Nothing was written');
		const before = await eventsAfter(db, 's1', -1);
		// Filed from elsewhere, behind what is stored.
		await db.events.delete(['s1', renamed.seq]);
		await db.events.add({ ...renamed, seq: said.seq });
		await expect(log.append([renamed])).rejects.toThrow(LogMovedOnError);
		expect(await eventsAfter(db, 's1', -1)).toHaveLength(before.length);
	});

	test('says that the device is full, and nothing of it has happened', async () => {
		const db = new MusterDb(newId());
		const log = await journalOn(db).open('s1');
		await log.append(start(agentWith('ask')));
		const full = () => {
			throw new DOMException('', 'QuotaExceededError');
		};
		db.events.hook('creating', full);
		await expect(log.append([rename])).rejects.toThrow(StorageFullError);
		expect(await db.sessions.get('s1')).toMatchObject({ title: 'Review the upload branch' });
	});
});
