import type { CommandRecord } from '$lib/domain/command';
import { commandById, markCommand, takeBack, takeCommand } from '$lib/store/commands';
import type { Ask } from '../documents/ask';
import type { AskAnswer } from '../documents/session-document';
import type { HeldMirror } from './session-mirrors';
import type { Workroom } from './workroom';

type Opened = Omit<HeldMirror, 'release'>;

const isFinal = ({ state }: AskAnswer): boolean => state === 'applied' || state === 'refused';

/**
 * What persons ask of a session that another device runs: put into its room here, taken out of it there, carried out as
 * that device's own commands are, and answered. docs/sync.md [8.2], [8.3]
 */
export class Asks {
	#room: Workroom;
	/** What this device has asked for and not been told the end of, by session. */
	#asked = new Map<string, Map<string, CommandRecord>>();

	constructor(room: Workroom) {
		this.#room = room;
	}

	/** Everything that was passed on and not answered yet. */
	setAsked(records: readonly CommandRecord[]): void {
		this.#asked.clear();
		for (const record of records) {
			const sessionId = record.sessionId ?? '';
			const asked = this.#asked.get(sessionId) ?? new Map<string, CommandRecord>();
			this.#asked.set(sessionId, asked.set(record.id, record));
		}
	}

	/** Looks through a session whose log and room are alike now. */
	async look(opened: Opened): Promise<void> {
		const runs = await opened.mirror.isRunner();
		for (const record of this.#asked.get(opened.mirror.sessionId)?.values() ?? [])
			await this.#follow(opened, record, runs);
		if (runs) for (const ask of opened.held.document.asks()) await this.#carryOut(opened, ask);
	}

	/** What came of something asked for here. */
	async #follow({ held, mirror }: Opened, record: CommandRecord, runs: boolean): Promise<void> {
		const { db } = this.#room;
		const { id, command } = record;
		const answer = mirror.answers(id) ? { state: 'applied' as const } : held.document.answer(id);
		if (answer && isFinal(answer)) {
			await markCommand(db, id, answer.state, 'note' in answer ? answer.note : undefined);
			this.#asked.get(mirror.sessionId)?.delete(id);
			await held.change((document) => document.forgetAsk(id));
		} else if (runs) {
			// The session was taken over before its runner had got to it.
			await takeBack(db, id);
			await held.change((document) => document.forgetAsk(id));
		} else if (answer) await markCommand(db, id, answer.state);
		else await held.change((document) => document.ask({ ...record, command } as Ask));
	}

	/** Something another device asks of a session that is run here. */
	async #carryOut({ held, mirror }: Opened, ask: Ask): Promise<void> {
		const { db, journal } = this.#room;
		const answer = held.document.answer(ask.id);
		if ((answer && isFinal(answer)) || ask.by.device === journal.parts.device.id) return;
		const known = await commandById(db, ask.id);
		const next: AskAnswer = mirror.answers(ask.id)
			? { state: 'applied' }
			: known
				? { state: known.state, ...(known.note !== undefined && { note: known.note }) }
				: { state: 'received' };
		if (!known && next.state === 'received')
			await takeCommand(db, {
				id: ask.id,
				sessionId: mirror.sessionId,
				at: journal.parts.now(),
				by: ask.by,
				command: ask.command,
				state: 'sent',
				from: ask.by.device,
			});
		if (next.state !== 'sent' && next.state !== answer?.state)
			await held.change((document) => document.sayAnswer(ask.id, next));
	}
}
