import { describe, expect, test } from 'vitest';
import { agentWith, start } from '../../../../tests/support/sessions';
import { person, Simulation } from '../../../../tests/support/simulation';
import type { JsonValue } from '../json';
import { MAIN, type EventDraft } from '../log/event';
import { carryOut } from '../rules/carry-out';
import { statusOf } from '../views/status';
import { BY_ENGINE } from './step';

const by = { kind: 'agent', actor: MAIN } as const;

function session(
	policy: 'allow' | 'ask' | 'deny' = 'ask',
	more: Parameters<typeof agentWith>[1] = {},
	settings: Parameters<typeof start>[1] = {},
): Simulation {
	const sim = new Simulation({ below: () => 0 });
	sim.append(...start(agentWith(policy, more), settings));
	sim.settle();
	return sim;
}

function answer(sim: Simulation, text: string, stopReason = 'end_turn'): void {
	const act = sim.underWay[0];
	if (act?.do !== 'call-model') throw new Error('no model call is under way');
	const { turnId } = act;
	sim.append(
		{ kind: 'text', by, turnId, index: 0, text },
		{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason, usage: null, ms: 1 },
	);
	sim.settle();
}

function call(sim: Simulation, ...calls: { tool: string; input: JsonValue; malformed?: string }[]) {
	const act = sim.underWay[0];
	if (act?.do !== 'call-model') throw new Error('no model call is under way');
	const { turnId } = act;
	sim.append(
		...calls.map(({ tool, input, malformed }, index): EventDraft => {
			const callId = `${turnId}-${index}`;
			return { kind: 'tool-call', by, turnId, index, callId, tool, input, malformed };
		}),
		{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason: 'tool_use', usage: null, ms: 1 },
	);
	sim.settle();
}

const write = { tool: 'write_file', input: { path: 'a.md', content: 'x' } };

describe('a call that cannot be run goes back to the model as an error', () => {
	test.each([
		['an unknown tool', { tool: 'launch', input: {} }, 'There is no tool named "launch"'],
		['input that breaks the schema', { tool: 'write_file', input: { path: 7 } }, 'does not fit'],
		['input that is no JSON', { ...write, malformed: '{"path": ' }, 'not valid JSON'],
		['input nested too deeply', { ...write, malformed: '['.repeat(999) }, 'nested deeper than 200'],
	])('%s', (_, wrong, says) => {
		const sim = session('allow');
		call(sim, wrong);
		expect(sim.state.calls.get('main.1-0')?.result).toEqual({
			isError: true,
			content: expect.stringContaining(says) as string,
		});
		expect(sim.underWay).toMatchObject([{ do: 'call-model', turnId: 'main.2' }]);
	});
});

describe('permission', () => {
	test('a denied tool is refused in every mode', () => {
		const sim = session('deny', {}, { permissionMode: 'everything' });
		call(sim, write);
		expect(sim.state.calls.get('main.1-0')?.result?.isError).toBe(true);
	});

	test('Plan refuses what would change something', () => {
		const sim = session('allow', {}, { permissionMode: 'plan' });
		call(sim, write);
		expect(sim.state.calls.get('main.1-0')?.result?.content).toContain('Plan mode');
	});

	test('switching to a mode that allows it answers what is being asked, as the person', () => {
		const sim = session();
		call(sim, write);
		expect(statusOf(sim.state).status).toBe('waiting-permission');
		sim.command({ kind: 'change-settings', changes: { permissionMode: 'edits' } });
		sim.settle();
		expect(sim.underWay).toMatchObject([{ do: 'run-tool', callId: 'main.1-0' }]);
		expect(sim.state.calls.get('main.1-0')?.decision?.by.name).toBe('Mara');
	});

	test('Plan refuses what waits for permission to change something, and says so to the model', () => {
		const sim = session();
		call(sim, write);
		sim.command({ kind: 'change-settings', changes: { permissionMode: 'plan' } });
		sim.settle();
		const decided = sim.state.calls.get('main.1-0');
		expect(decided?.decision).toMatchObject({ decision: 'deny', by: { name: 'Mara' } });
		expect(decided?.result?.content).toContain('The session is in Plan mode');
		expect(sim.underWay).toMatchObject([{ do: 'call-model', turnId: 'main.2' }]);
	});

	test('always allowing a tool decides its other requests that wait as well, and no other tool’s', () => {
		const sim = session();
		const edit = { path: 'a.md', old_string: 'x', new_string: 'y' };
		call(sim, write, write, { tool: 'edit_file', input: edit });
		const { request } = sim.state.calls.get('main.1-0') ?? {};
		sim.command({
			kind: 'decide-permission',
			callId: 'main.1-0',
			inputHash: request?.inputHash ?? '',
			decision: 'allow-in-run',
		});
		const decisions = [...sim.state.calls.values()].map((each) => each.decision?.decision ?? null);
		expect(decisions).toEqual(['allow-in-run', 'allow-in-run', null]);
	});

	test('an agent cannot decide for the person', () => {
		const sim = session();
		call(sim, write);
		const { request } = sim.state.calls.get('main.1-0') ?? {};
		const inputHash = request?.inputHash ?? '';
		const forged = { kind: 'permission-decided', callId: 'main.1-0', inputHash } as const;
		sim.append({ ...forged, by, decision: 'allow-once' });
		sim.settle();
		expect(statusOf(sim.state).status).toBe('waiting-permission');
	});

	test('a decision about another input does not count', () => {
		const sim = session();
		call(sim, write);
		sim.command({
			kind: 'decide-permission',
			callId: 'main.1-0',
			inputHash: 'something else',
			decision: 'allow-once',
		});
		sim.settle();
		expect(sim.underWay).toEqual([]);
	});

	test('"Always allow in this run" holds for the next calls of that tool', () => {
		const sim = session();
		call(sim, write);
		const inputHash = sim.state.calls.get('main.1-0')?.request?.inputHash ?? '';
		sim.command({
			kind: 'decide-permission',
			callId: 'main.1-0',
			inputHash,
			decision: 'allow-in-run',
		});
		sim.settle();
		sim.resultArrives((_, act) => [
			{
				kind: 'tool-result',
				by: BY_ENGINE,
				callId: act.do === 'run-tool' ? act.callId : '',
				content: 'ok',
				isError: false,
				ms: 1,
			},
		]);
		sim.settle();
		call(sim, write);
		expect(sim.underWay).toMatchObject([{ do: 'run-tool', callId: 'main.2-0' }]);
	});

	test('an edited input is what runs, and must fit the schema', () => {
		const sim = session();
		call(sim, write);
		const inputHash = sim.state.calls.get('main.1-0')?.request?.inputHash ?? '';
		const decide = { kind: 'decide-permission', callId: 'main.1-0', inputHash } as const;
		sim.command({ ...decide, decision: 'allow-once', input: { path: 7 } });
		expect(sim.state.calls.get('main.1-0')?.decision).toBeNull();
		sim.command({ ...decide, decision: 'allow-once', input: { path: 'b.md', content: 'y' } });
		sim.settle();
		expect(sim.underWay).toMatchObject([{ input: { path: 'b.md', content: 'y' } }]);
	});
});

describe('calls side by side', () => {
	test('reads run together; changes to files run one after the other', () => {
		const sim = session('allow');
		call(sim, write, write, { tool: 'list_files', input: {} }, { tool: 'list_files', input: {} });
		const running = sim.underWay.map((act) => (act.do === 'run-tool' ? act.tool : ''));
		expect(running).toEqual(['write_file', 'list_files', 'list_files']);
	});
});

describe('an agent with an output schema', () => {
	const outputSchema = {
		type: 'object',
		properties: { severity: { enum: ['low', 'high'] } },
		required: ['severity'],
	};

	test('completes with the output when it fits', () => {
		const sim = session('allow', { outputSchema });
		answer(sim, '{"severity":"low"}');
		expect(sim.state.output).toMatchObject({ value: { severity: 'low' }, problems: [] });
		expect(sim.state.ended?.status).toBe('completed');
	});

	test('is asked once for a correction, then fails with what is wrong and the raw text', () => {
		const sim = session('allow', { outputSchema });
		answer(sim, '{"severity":"medium"}');
		expect(sim.state.ended).toBeNull();
		answer(sim, '{"severity":"hm"}');
		expect(sim.state.ended?.status).toBe('failed');
		expect(sim.state.output?.raw).toBe('{"severity":"hm"}');
		expect(sim.state.output?.problems).not.toEqual([]);
	});
});

describe('a stop nobody knows', () => {
	test('waits for a person instead of going on', () => {
		const sim = session();
		answer(sim, 'Hm', 'solar_flare');
		expect(statusOf(sim.state)).toMatchObject({
			status: 'waiting',
			needsYou: true,
			reason: expect.stringContaining('solar_flare') as string,
		});
		sim.command({ kind: 'continue' });
		sim.settle();
		expect(sim.underWay).toMatchObject([{ do: 'call-model' }]);
	});
});

describe('time', () => {
	test('counts running, not waiting', () => {
		const sim = session();
		call(sim, write);
		const { activeMs, runningSince } = sim.state;
		expect(runningSince).toBeNull();
		sim.command({ kind: 'rename', title: 'Another' });
		expect(sim.state.activeMs).toBe(activeMs);
	});
});

describe('a command given twice', () => {
	test('is no mistake: cancelling what is cancelled and continuing what runs change nothing', () => {
		const sim = session();
		sim.command({ kind: 'continue' });
		expect(carryOut(sim.state, { kind: 'continue' }, person)).toEqual({ events: [] });
		sim.command({ kind: 'cancel' });
		sim.settle();
		expect(carryOut(sim.state, { kind: 'cancel' }, person)).toEqual({ events: [] });
	});

	test('but cancelling what has ended by itself is refused', () => {
		const sim = session();
		answer(sim, 'Done');
		expect(carryOut(sim.state, { kind: 'cancel' }, person)).toHaveProperty('refused');
	});
});

describe('a title', () => {
	test('is one line, without characters that turn the text around them', () => {
		const sim = session();
		sim.command({ kind: 'rename', title: ' one\n\u202egnp.exe ' });
		expect(sim.state.title).toBe('one gnp.exe');
		expect(carryOut(sim.state, { kind: 'rename', title: '\u202e ' }, person)).toHaveProperty(
			'refused',
		);
	});
});
