import type { EventDraft } from '../log/event';

/** What becomes of a command: the events to append, or why it is refused, as a sentence. */
export type Ruling = { events: EventDraft[] } | { refused: string };
