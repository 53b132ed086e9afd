import type { CommandRecord, SessionCommand } from '../domain/command';
import type { JsonValue } from '../domain/json';
import type { CallId } from '../domain/log/event';
import { readForTab, writeForTab } from './platform';
import type { SessionLog } from './session-log.svelte';

type DecisionRecord = CommandRecord & {
	command: Extract<SessionCommand, { kind: 'decide-permission' }>;
};

/** What an approval needs of the session it belongs to. */
export interface ApprovalSession {
	readonly id: string;
	readonly log: Pick<SessionLog, 'call'>;
	/** Decisions given on this page, not yet applied. */
	commands(kind: 'decide-permission'): DecisionRecord[];
	send(command: SessionCommand): Promise<string>;
}

export type DecisionKind = 'allow-once' | 'allow-in-run' | 'deny';

/** Keys and clicks meant for what stood there before are ignored this long after a request appears, ms. */
export const GUARD_MS = 400;

/** What a person has written on a request, and not sent. */
interface Written {
	message: string;
	/** The input as edited; null while it is as the agent wrote it. */
	edited: JsonValue | null;
	/** What is wrong with the edited input. */
	problem: string | null;
}

const nothing: Written = { message: '', edited: null, problem: null };

/**
 * One request for permission while a person looks at it: what they change, and what becomes of their decision. What
 * they have written and not sent outlives leaving the run and a reload of this tab.
 */
export class Approval {
	editing = $state(false);
	denying = $state(false);
	#written = $state.raw<Written>(nothing);
	/** A part of it was opened by a press just now: its field takes the focus, once. */
	#takesFocus = false;
	readonly #key: string;
	/** Writing the decision down failed. */
	#unsaved = $state(false);
	#sending = $state(false);
	#appearedAt = Infinity;

	constructor(
		private readonly session: ApprovalSession,
		readonly callId: CallId,
	) {
		this.#key = `muster.request.${session.id}.${callId}`;
		this.#written = parse(readForTab(this.#key));
		// What stands in the way of allowing is shown where it can be mended.
		this.editing = this.#written.problem !== null;
		this.denying = this.#written.message !== '';
	}

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

	get message(): string {
		return this.#written.message;
	}
	set message(message: string) {
		this.#write({ ...this.#written, message });
	}

	get edited(): JsonValue | null {
		return this.#written.edited;
	}
	set edited(edited: JsonValue | null) {
		this.#write({ ...this.#written, edited });
	}

	get problem(): string | null {
		return this.#written.problem;
	}
	set problem(problem: string | null) {
		this.#write({ ...this.#written, problem });
	}

	#write(written: Written): void {
		this.#written = written;
		const { message, edited, problem } = written;
		const empty = message === '' && edited === null && problem === null;
		writeForTab(this.#key, empty ? null : JSON.stringify(written));
	}

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
			writeForTab(this.#key, null);
			return true;
		} catch {
			this.#unsaved = true;
			return false;
		} finally {
			this.#sending = false;
		}
	}
}

function parse(json: string | null): Written {
	try {
		return { ...nothing, ...(JSON.parse(json ?? '{}') as Partial<Written>) };
	} catch {
		return nothing;
	}
}
