/** A whole engine on an in-memory database, with a model that says what a test tells it to. */
import type { Command, CommandRecord } from '../../src/lib/domain/command';
import type { ModelRequest } from '../../src/lib/domain/conversation';
import type { Connection } from '../../src/lib/domain/connection';
import type { LiveMessage } from '../../src/lib/domain/live';
import type { Failure, Person, SessionEvent, Usage } from '../../src/lib/domain/log/event';
import { foldSession } from '../../src/lib/domain/log/session-state';
import type { SessionState } from '../../src/lib/domain/log/state';
import { statusOf } from '../../src/lib/domain/views/status';
import { commandById, sendCommand } from '../../src/lib/store/commands';
import { MusterDb } from '../../src/lib/store/db';
import { newId } from '../../src/lib/store/ids';
import { observe } from '../../src/lib/store/live';
import { eventsAfter } from '../../src/lib/store/sessions';
import { Supervisor } from '../../src/worker/engine/supervisor';
import type { Elsewhere } from '../../src/worker/engine/elsewhere';
import { Journal, type DeviceIdentity } from '../../src/worker/journal/journal';
import { ModelError, type ModelEvent, type ModelPorts } from '../../src/worker/models/model-port';
import { toolFor } from '../../src/worker/tools/registry';
import type { Tool } from '../../src/worker/tools/tool-port';
import { person } from './simulation';

/** What a scripted model does with one request; it may wait, throw, or never end. */
export type Reply = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;

export const connection: Connection = {
	v: 1,
	id: 'c1',
	kind: 'practice',
	name: 'Practice',
	baseUrl: '',
	auth: 'none',
	profile: 'practice',
	keyHint: null,
	models: [
		{
			id: 'practice-1',
			name: 'Practice',
			maxInput: 200_000,
			maxOutput: 8_000,
			efforts: ['low', 'high'],
			thinking: ['adaptive'],
			structuredOutput: true,
			images: false,
			pdf: false,
			source: 'listed',
		},
	],
	checkedAt: null,
	createdAt: 1,
};

export class TestEngine {
	readonly requests: ModelRequest[] = [];
	readonly live: LiveMessage[] = [];
	troubles: (Failure | null)[] = [];
	/** The device is back online. */
	online = () => {};
	#stop: (() => void) | null = null;
	#running: { journal: Journal; supervisor: Supervisor } | null = null;

	constructor(
		readonly replies: Reply[],
		readonly db = new MusterDb(`test-${newId()}`),
		private readonly tools: (name: string) => Tool | undefined = toolFor,
	) {}

	/** Starts an engine as a new worker would: with nothing in memory. */
	start({
		device = { id: 'd1', name: 'Laptop' },
		elsewhere,
		appended,
		now = Date.now,
	}: {
		device?: DeviceIdentity;
		elsewhere?: Elsewhere;
		appended?: (sessionId: string) => void;
		now?: () => number;
	} = {}): this {
		const journal = new Journal({
			db: this.db,
			device,
			now,
			newId,
			...(appended && { appended }),
		});
		const supervisor = new Supervisor({
			journal,
			...(elsewhere && { elsewhere }),
			models: this.#models(),
			live: {
				stream: (delta) => this.live.push({ type: 'delta', ...delta }),
				tell: (message) => this.live.push(message),
			},
			modelInfo: () => Promise.resolve(connection.models[0]),
			price: () => Promise.resolve({ usd: 0.01, priceVersion: 'test' }),
			random: () => 0,
			toolFor: this.tools,
			onOnline: (listener) => {
				this.online = listener;
				return () => undefined;
			},
			trouble: (failure) => this.troubles.push(failure),
			tryAgainMs: 1,
		});
		this.#running = { journal, supervisor };
		this.#stop = supervisor.start();
		return this;
	}

	get running(): { journal: Journal; supervisor: Supervisor } {
		if (!this.#running) throw new Error('The engine has not been started');
		return this.#running;
	}

	/** As when its tab is closed: nothing is said to anyone. */
	kill(): void {
		this.#stop?.();
		this.#stop = null;
	}

	#models(): ModelPorts {
		const { db, replies, requests } = this;
		return {
			async open(connectionId) {
				const all = await db.connections.toArray();
				if (all.length > 0 && all.every(({ id }) => id !== connectionId))
					throw new ModelError({ code: 'no-connection', message: 'Not on this device' }, false);
				return {
					stream(request: ModelRequest, signal: AbortSignal) {
						requests.push(request);
						const reply = replies.shift();
						if (!reply) throw new Error('The model was called once too often');
						return reply(request, signal);
					},
				};
			},
		};
	}

	/** Sends a command and waits until it is applied or refused. */
	async command(
		command: Command,
		sessionId: string | null = 's1',
		by: Person = person,
	): Promise<CommandRecord> {
		const id = newId();
		await sendCommand(this.db, { id, sessionId, at: Date.now(), by, command, state: 'sent' });
		return this.until(
			() => commandById(this.db, id),
			(record) => record?.state === 'applied' || record?.state === 'refused',
		) as Promise<CommandRecord>;
	}

	events(sessionId = 's1'): Promise<SessionEvent[]> {
		return eventsAfter(this.db, sessionId, -1);
	}

	/** Waits until the stored log folds to something that `holds`. */
	async state(holds: (state: SessionState) => boolean, sessionId = 's1'): Promise<SessionState> {
		const events = await this.until(
			() => this.events(sessionId),
			(log) => holds(foldSession(sessionId, log)),
		);
		return foldSession(sessionId, events);
	}

	async status(status: ReturnType<typeof statusOf>['status'], sessionId = 's1') {
		return statusOf(await this.state((state) => statusOf(state).status === status, sessionId));
	}

	/** Waits until what a query gives `holds`. */
	until<T>(query: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
		return new Promise((resolve, reject) => {
			let done = false;
			const stop = observe(
				query,
				(value) => {
					if (done || !holds(value)) return;
					done = true;
					queueMicrotask(() => stop());
					resolve(value);
				},
				reject,
			);
		});
	}
}

/** A reply of text, and tool calls when there are any. */
export function says(
	text: string,
	calls: { tool: string; input: object; id?: string }[] = [],
	more: { stopReason?: string; thinking?: string; before?: Promise<unknown> } = {},
): Reply {
	return async function* (request, signal): AsyncGenerator<ModelEvent> {
		await more.before;
		signal.throwIfAborted();
		yield { type: 'start', model: request.model, requestId: 'req_1' };
		let index = 0;
		if (more.thinking !== undefined) {
			yield { type: 'part-started', index, part: 'thinking' };
			yield { type: 'delta', index, text: more.thinking };
			const part = { type: 'thinking', text: more.thinking, signature: 'sig' } as const;
			yield { type: 'part-ended', index: index++, part };
		}
		yield { type: 'part-started', index, part: 'text' };
		yield { type: 'delta', index, text };
		yield { type: 'part-ended', index: index++, part: { type: 'text', text } };
		for (const { tool, input, id } of calls) {
			yield { type: 'part-started', index, part: 'tool-call', tool };
			const callId = id ?? `call-${tool}-${index}`;
			const part = {
				type: 'tool-call',
				callId,
				tool,
				input: JSON.parse(JSON.stringify(input)),
			} as const;
			yield { type: 'part-ended', index: index++, part };
		}
		const stopReason = more.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
		const usage = { input: 10, output: 5, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };
		yield { type: 'end', stopReason, usage };
	};
}

/** A reply that says some text and then nothing more, until it is aborted. */
export function hangs(text: string, usage?: Usage): Reply {
	return async function* (request, signal): AsyncGenerator<ModelEvent> {
		yield { type: 'start', model: request.model };
		if (usage) yield { type: 'usage', usage };
		yield { type: 'part-started', index: 0, part: 'text' };
		yield { type: 'delta', index: 0, text };
		await new Promise((_, reject) => {
			signal.addEventListener('abort', () => reject(signal.reason as Error));
		});
	};
}

/** A reply that comes in pieces; after each it waits for what `then` gives. */
export function streams(pieces: readonly string[], then: () => Promise<unknown>): Reply {
	return async function* (request): AsyncGenerator<ModelEvent> {
		yield { type: 'start', model: request.model };
		yield { type: 'part-started', index: 0, part: 'text' };
		for (const text of pieces) {
			yield { type: 'delta', index: 0, text };
			await then();
		}
		yield { type: 'part-ended', index: 0, part: { type: 'text', text: pieces.join('') } };
		const usage = { input: 10, output: 5, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 };
		yield { type: 'end', stopReason: 'end_turn', usage };
	};
}

/** A reply that breaks off after its beginning. */
export function breaks(error: Error, usage: Usage): Reply {
	return async function* (request): AsyncGenerator<ModelEvent> {
		yield { type: 'start', model: request.model };
		yield { type: 'usage', usage };
		throw error;
	};
}

/** A reply that fails before it says anything. */
export function fails(error: Error): Reply {
	return () => ({
		[Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }),
	});
}
