import { afterEach, expect, test } from 'vitest';
import { sessionRows } from '../../../tests/fixtures/session-rows';
import type { SessionRow } from '../domain/session-row';
import { lastRuns } from './agent-runs';
import { MusterDb } from './db';
import { stored } from './stored-row';

const db = new MusterDb('agent-runs-test');
afterEach(() => db.delete());

const row = (id: string, agentId: string | null, startedAt: number) =>
	stored({ ...(sessionRows(1, 0)[0] as SessionRow), id, agentId, startedAt });

test('an agent shows its newest run, one that never ran shows none, and chats belong to nobody', async () => {
	await db.sessions.bulkAdd([
		row('s1', 'a', 10),
		row('s2', 'a', 30),
		row('s3', 'b', 20),
		row('s4', 'a', 25),
		row('s5', null, 40),
	]);
	const runs = await lastRuns(db, ['a', 'b', 'c']);
	expect([...runs].map(([agentId, run]) => [agentId, run.id])).toEqual([
		['a', 's2'],
		['b', 's3'],
	]);
});
