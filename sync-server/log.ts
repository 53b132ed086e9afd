/** What a line may hold [7.7]: no names of rooms, no addresses, no content. */
export interface LogFields {
	/** A counter, not an address. */
	readonly socket?: number;
	readonly workspace?: string;
	readonly code?: number;
	readonly reason?: string;
	readonly bytes?: number;
	readonly changes?: number;
	readonly ms?: number;
	readonly sockets?: number;
	readonly port?: number;
	/** Of the store or the process: a sentence about this machine. */
	readonly error?: string;
}

export type LogLevel = 'info' | 'warning';
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

/** Lines of JSON. @param write takes a line with its end */
export function jsonLines(write: (line: string) => void, now: () => number = Date.now): Log {
	return (level, event, { workspace, ...fields } = {}) => {
		const time = new Date(now()).toISOString();
		const short = workspace === undefined ? {} : { workspace: workspace.slice(0, 6) };
		write(`${JSON.stringify({ time, level, event, ...short, ...fields })}\n`);
	};
}
