import { describe, expect, test } from 'vitest';
import { agentWith, start } from '../../../../tests/support/sessions';
import { person, Simulation } from '../../../../tests/support/simulation';
import { MAIN, type EventDraft } from '../log/event';
import { actorState } from '../log/state';
import { messagesOf, requestFor } from './request';
import { BY_ENGINE } from './step';

const by = { kind: 'agent', actor: MAIN } as const;
const asked = { tool: 'write_file', inputHash: 'h' } as const;

function session(): Simulation {
	const sim = new Simulation({ below: () => 0 });
	sim.append(...start(agentWith('allow')));
	sim.settle();
	return sim;
}

/** A whole message with thinking, text and the given calls. */
function turn(turnId: string, stopReason: string, ...callIds: string[]): EventDraft[] {
	return [
		{ kind: 'thinking', by, turnId, index: 0, text: 'Hm', signature: 'sig' },
		{ kind: 'text', by, turnId, index: 1, text: 'Looking' },
		...callIds.map((callId, i): EventDraft => {
			return { kind: 'tool-call', by, turnId, index: 2 + i, callId, tool: 'list_files', input: {} };
		}),
		{ kind: 'turn-ended', by: BY_ENGINE, turnId, stopReason, usage: null, ms: 1 },
	];
}

function result(callId: string, content = 'none'): EventDraft {
	return { kind: 'tool-result', by: BY_ENGINE, callId, content, isError: false, ms: 1 };
}

function messages(sim: Simulation) {
	return messagesOf(sim.state, actorState(sim.state, MAIN));
}

describe('what a model is sent', () => {
	test('all results of a message stand in one user message, before what a person said meanwhile', () => {
		const sim = session();
		sim.append(...turn('main.1', 'tool_use', 'c1', 'c2'));
		sim.settle();
		sim.append(result('c2'));
		sim.command({ kind: 'prompt', text: 'Hurry' });
		sim.append(result('c1'));
		expect(messages(sim).at(-1)).toEqual({
			role: 'user',
			content: [
				{ type: 'tool_result', tool_use_id: 'c1', content: 'none' },
				{ type: 'tool_result', tool_use_id: 'c2', content: 'none' },
				{ type: 'text', text: 'Hurry' },
			],
		});
	});

	test('files stand before the words they came with: text with its name, others as what they are', () => {
		const sim = session();
		sim.command({
			kind: 'prompt',
			text: 'Compare these',
			attachments: [
				{ name: 'a "1".txt', mediaType: 'text/plain', size: 2, data: 'hi' },
				{ name: 'b.png', mediaType: 'image/png', size: 3, data: 'AAAA' },
				{ name: 'c.pdf', mediaType: 'application/pdf', size: 3, data: 'BBBB' },
			],
		});
		sim.append(...turn('main.1', 'end_turn'));
		sim.settle();
		const all = messages(sim).flatMap(({ role, content }) => (role === 'user' ? content : []));
		expect(all.slice(-4)).toEqual([
			{ type: 'text', text: '<attachment name="a _1_.txt">\nhi\n</attachment>' },
			{ type: 'image', name: 'b.png', mediaType: 'image/png', data: 'AAAA' },
			{ type: 'pdf', name: 'c.pdf', data: 'BBBB' },
			{ type: 'text', text: 'Compare these' },
		]);
	});

	test('what a person changed before allowing it is told with the result, and nothing else is', () => {
		const sim = session();
		const input = { path: 'a.md', content: 'hello' };
		const ask = (callId: string): EventDraft[] => [
			{ kind: 'tool-call', by, turnId: 'main.1', index: 0, callId, tool: 'write_file', input },
		];
		sim.append(...ask('c1'), ...ask('c2'), ...turn('main.1', 'tool_use'));
		for (const [callId, content] of [
			['c1', 'EDITED'],
			['c2', 'hello'],
		] as const)
			sim.append(
				{ kind: 'permission-requested', by: BY_ENGINE, callId, actor: MAIN, ...asked },
				{
					kind: 'permission-decided',
					by: person,
					callId,
					inputHash: 'h',
					decision: 'allow-once',
					input: { ...input, content },
				},
				result(callId, 'Created a.md'),
			);
		expect(messages(sim).at(-1)?.content).toEqual([
			expect.objectContaining({
				content:
					'The person changed the input before allowing this call. It ran with {"content":"EDITED"}\n\nCreated a.md',
			}),
			expect.objectContaining({ content: 'Created a.md' }),
		]);
	});

	test('roles alternate, whatever was said', () => {
		const sim = session();
		sim.command({ kind: 'prompt', text: 'And this' });
		sim.append(...turn('main.1', 'end_turn'));
		sim.settle();
		sim.command({ kind: 'prompt', text: 'More' });
		const roles = messages(sim).map(({ role }) => role);
		expect(roles).toEqual(['user', 'assistant', 'user']);
	});

	test('thinking is replayed as it was to the model that thought it', () => {
		const sim = session();
		sim.append(...turn('main.1', 'end_turn'));
		expect(messages(sim)[1]?.content[0]).toEqual({
			type: 'thinking',
			thinking: 'Hm',
			signature: 'sig',
		});
	});

	test('thinking is not sent to another model', () => {
		const sim = session();
		sim.append(...turn('main.1', 'end_turn'));
		sim.settle();
		sim.command({ kind: 'prompt', text: 'You, now', overrides: { model: 'another' } });
		expect(messages(sim)[1]?.content).toEqual([{ type: 'text', text: 'Looking' }]);
	});

	test('calls of a message that was cut off are never run and not replayed, nor is its thinking', () => {
		const sim = session();
		sim.append(...turn('main.1', 'max_tokens', 'c1'));
		sim.settle();
		expect(sim.underWay).toEqual([]);
		expect(sim.state.hold?.code).toBe('output-limit');
		expect(messages(sim)[1]?.content).toEqual([{ type: 'text', text: 'Looking' }]);
	});

	test('a paused turn is sent back unchanged, with nothing after it', () => {
		const sim = session();
		sim.append(...turn('main.1', 'pause_turn'));
		sim.settle();
		expect(sim.underWay).toMatchObject([{ do: 'call-model', turnId: 'main.2' }]);
		expect(messages(sim).at(-1)?.role).toBe('assistant');
	});

	test('a refused answer is not replayed', () => {
		const sim = session();
		sim.append(...turn('main.1', 'refusal'));
		sim.settle();
		expect(sim.state.ended).toEqual({ status: 'failed' });
		expect(messages(sim).map(({ role }) => role)).toEqual(['user']);
	});

	test('a result of 5 MB is cut for the model and kept whole in the log', () => {
		const sim = session();
		sim.append(...turn('main.1', 'tool_use', 'c1'));
		sim.settle();
		sim.append(result('c1', 'x'.repeat(5_000_000)));
		const [part] = messages(sim).at(-1)?.content ?? [];
		expect(part?.type === 'tool_result' && part.content.length).toBeLessThan(110_000);
		expect(sim.state.calls.get('c1')?.result?.content).toHaveLength(5_000_000);
	});

	test('tools that are denied are not offered', () => {
		const agent = agentWith('allow');
		agent.tools['write_file'] = 'deny';
		const sim = new Simulation({ below: () => 0 });
		sim.append(...start(agent));
		const request = requestFor(sim.state, actorState(sim.state, MAIN), agent);
		expect(request.tools.map(({ name }) => name)).not.toContain('write_file');
	});
});
