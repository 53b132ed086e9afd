import type { CommandRecord, SessionCommand } from '$lib/domain/command';
import { isId, isTime } from '$lib/domain/log/parse-event';
import { isRecord, misfit, oneOf, record, text } from '$lib/domain/shape';

/** Something that a person asks of a session which another device runs. docs/sync.md [8.3] */
export type Ask = Pick<CommandRecord, 'id' | 'at' | 'by'> & { command: SessionCommand };

/** What may be asked for from afar: nothing that makes a session, and nothing a runner can't do. */
const kinds: SessionCommand['kind'][] = [
	'prompt',
	'change-settings',
	'decide-permission',
	'answer-question',
	'resolve-interruption',
	'pause',
	'continue',
	'cancel',
	'retry',
];

const shape = {
	id: isId,
	at: isTime,
	by: record({ kind: oneOf('person'), name: text, device: text, deviceName: text }),
	command: (value: unknown) => isRecord(value) && kinds.some((kind) => kind === value['kind']),
};

/** Null for what is no ask. What a command holds is checked where it is carried out. */
export function parseAsk(value: unknown): Ask | null {
	return isRecord(value) && misfit(value, shape) === null ? (value as unknown as Ask) : null;
}
