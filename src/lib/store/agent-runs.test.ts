import { afterEach, expect, test } from 'vitest';
import type { SessionRow } from '../domain/session-row';
import { lastRuns } from './agent-runs';
import { MusterDb } from './db';

const db = new MusterDb('agent-runs-test');
afterEach(() => db.delete());

function row(id: string, agentId: string | null, startedAt: number): SessionRow {
	return {
		v: 1,
		id,
		agentId,
		agentName: 'A',
		agentIcon: 'agent',
		title: id,
		mode: 'standard',
		status: 'completed',
		reason: '',
		until: null,
		needsYou: false,
		progress: '',
		model: 'm',
		effort: null,
		ticketId: null,
		labels: [],
		startedAt,
		updatedAt: startedAt,
		activeMs: 0,
		runningSince: null,
		usage: { input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 },
		turns: 0,
		cost: null,
		seq: 0,
	};
}

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
