import type { CommandRecord, SessionCommand } from '../domain/command';
import type { JsonValue } from '../domain/json';
import type { CallId } from '../domain/log/event';
import type { SessionLog } from './session-log.svelte';

type DecisionRecord = CommandRecord & {
	command: Extract<SessionCommand, { kind: 'decide-permission' }>;
};

/** What an approval needs of the session it belongs to. */
export interface ApprovalSession {
	readonly log: Pick<SessionLog, 'call'>;
	/** Decisions given on this page, not yet applied. */
	commands(kind: 'decide-permission'): DecisionRecord[];
	send(command: SessionCommand): Promise<string>;
}

export type DecisionKind = 'allow-once' | 'allow-in-run' | 'deny';

/** Keys and clicks meant for what stood there before are ignored this long after a request appears, ms. */
export const GUARD_MS = 400;

/** One request for permission while a person looks at it: what they change, and what becomes of their decision. */
export class Approval {
	editing = $state(false);
	denying = $state(false);
	message = $state('');
	/** The input as edited; null while it is as the agent wrote it. */
	edited = $state.raw<JsonValue | null>(null);
	/** What is wrong with the edited input. */
	problem = $state<string | null>(null);
	/** Writing the decision down failed. */
	#unsaved = $state(false);
	#sending = $state(false);
	#appearedAt = Infinity;

	constructor(
		private readonly session: ApprovalSession,
		readonly callId: CallId,
	) {}

	/** The decision given here, until the engine has applied it. */
	get command(): CommandRecord | undefined {
		return this.session
			.commands('decide-permission')
			.findLast(({ command }) => command.callId === this.callId);
	}

	get underWay(): boolean {
		return this.#sending || (this.command !== undefined && this.command.state !== 'refused');
	}

	/** Why the last decision did not count. */
	get refusal(): string | null {
		if (this.#unsaved)
			return 'The decision could not be saved on this device. Free some space or reload the page.';
		const { command } = this;
		return command?.state === 'refused' ? (command.note ?? 'It was not accepted.') : null;
	}

	appeared(): void {
		this.#appearedAt = performance.now();
	}

	get isFresh(): boolean {
		return performance.now() - this.#appearedAt < GUARD_MS;
	}

	/** Sends a decision, once. False: it was not the time for one. */
	async decide(decision: DecisionKind): Promise<boolean> {
		const inputHash = this.session.log.call(this.callId)?.part.request?.inputHash;
		if (!inputHash || this.underWay || this.isFresh) return false;
		if (decision !== 'deny' && this.problem !== null) return false;
		const message = this.message.trim();
		const input = this.edited;
		this.#sending = true;
		this.#unsaved = false;
		try {
			await this.session.send({
				kind: 'decide-permission',
				callId: this.callId,
				inputHash,
				decision,
				...(decision === 'deny' && message && { message }),
				...(decision !== 'deny' && input !== null && { input }),
			});
			return true;
		} catch {
			this.#unsaved = true;
			return false;
		} finally {
			this.#sending = false;
		}
	}
}
