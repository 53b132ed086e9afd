import type { CommandRecord, SessionCommand } from '../domain/command';
import { isJsonObject, type JsonValue } from '../domain/json';
import type { CallId } from '../domain/log/event';
import type { CallDraft } from './session-call-drafts';
import type { SessionLog } from './session-log.svelte';

type DecisionRecord = CommandRecord & {
	command: Extract<SessionCommand, { kind: 'decide-permission' }>;
};

/** What an approval needs of the session it belongs to. */
export interface ApprovalSession {
	readonly log: Pick<SessionLog, 'call'>;
	/** Decisions given on this page, not yet applied. */
	commands(kind: 'decide-permission'): DecisionRecord[];
	/** Sends an answer; where it comes too late, the person is told. */
	answer(command: DecisionRecord['command']): Promise<string>;
}

export type DecisionKind = 'allow-once' | 'allow-in-run' | 'deny';

/** Keys and clicks meant for what stood there before are ignored this long after a request appears, ms. */
export const GUARD_MS = 400;

/** One request for permission while a person looks at it: what they change, and what becomes of their decision. */
export class Approval implements CallDraft {
	editing = $state(false);
	denying = $state(false);
	message = $state('');
	/** The input as edited; null while it is as the agent wrote it. */
	edited = $state.raw<JsonValue | null>(null);
	/** The text it is being edited in; null while nothing was typed. */
	text = $state<string | null>(null);
	/** What is wrong with the edited input. */
	problem = $state<string | null>(null);
	/** A part of it was opened by a press just now: its field takes the focus, once. */
	#takesFocus = false;
	/** Writing the decision down failed. */
	#unsaved = $state(false);
	#sending = $state(false);
	/** What was asked for when a decision was sent last: one is enough, until it is refused. */
	#decided = $state<string | null>(null);
	#appearedAt = Infinity;

	constructor(
		private readonly session: ApprovalSession,
		readonly callId: CallId,
	) {}

	turnEditing(): void {
		this.editing = !this.editing;
		this.#takesFocus = this.editing;
	}

	beginDenying(): void {
		this.denying = true;
		this.#takesFocus = true;
	}

	/** Focuses the field of what was opened; nothing where it was open before. */
	focusOnce(field: HTMLElement | null): void {
		if (this.#takesFocus) field?.focus();
		this.#takesFocus = false;
	}

	/** The input that was asked for. */
	get seal(): string {
		return this.session.log.call(this.callId)?.part.request?.inputHash ?? '';
	}

	get written(): JsonValue | null {
		const { editing, denying, message, edited, text, problem } = this;
		if (edited === null && text === null && message === '') return null;
		return { editing, denying, message, edited, text, problem };
	}

	takeUp(written: JsonValue): void {
		if (!isJsonObject(written)) return;
		const { message, edited, text, problem } = written;
		this.editing = written['editing'] === true;
		this.denying = written['denying'] === true;
		this.message = typeof message === 'string' ? message : '';
		this.edited = edited ?? null;
		this.text = typeof text === 'string' ? text : null;
		this.problem = typeof problem === 'string' ? problem : null;
	}

	/** The decision given here, until the engine has applied it. */
	get command(): CommandRecord | undefined {
		return this.session
			.commands('decide-permission')
			.findLast(({ command }) => command.callId === this.callId);
	}

	get underWay(): boolean {
		const { command } = this;
		if (this.#sending) return true;
		// Once it is applied, its record goes before the request does.
		if (!command) return this.#decided !== null && this.#decided === this.seal;
		return command.state !== 'refused';
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
			await this.session.answer({
				kind: 'decide-permission',
				callId: this.callId,
				inputHash,
				decision,
				...(decision === 'deny' && message && { message }),
				...(decision !== 'deny' && input !== null && { input }),
			});
			this.#decided = inputHash;
			return true;
		} catch {
			this.#unsaved = true;
			return false;
		} finally {
			this.#sending = false;
		}
	}
}
