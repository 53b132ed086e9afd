const counters = {
	sockets_total: 'Sockets that were opened.',
	frames_in_total: 'Frames read.',
	frames_out_total: 'Frames sent.',
	bytes_in_total: 'Bytes read in frames.',
	bytes_out_total: 'Bytes sent in frames.',
	commits_total: 'Commits to the store.',
	commit_failures_total: 'Commits that failed.',
	changes_total: 'Changes in those commits.',
	commit_seconds_total: 'Time they took.',
	auth_failures_total: 'Devices that were not let in.',
	slow_readers_total: 'Sockets closed because they did not read.',
	damaged_rooms_total: 'Rooms with records that could not be read.',
} as const;

export type Counter = keyof typeof counters;

/** Numbers since the relay began, and of now, as Prometheus reads them [7.1]. */
export class Metrics {
	readonly #values = new Map<Counter, number>();

	add(counter: Counter, more = 1): void {
		this.#values.set(counter, (this.#values.get(counter) ?? 0) + more);
	}

	/** @param now gauges: name → value */
	text(now: Readonly<Record<string, number>>): string {
		const lines: string[] = [];
		for (const [name, help] of Object.entries(counters)) {
			const full = `muster_relay_${name}`;
			lines.push(`# HELP ${full} ${help}`, `# TYPE ${full} counter`);
			lines.push(`${full} ${this.#values.get(name as Counter) ?? 0}`);
		}
		for (const [name, value] of Object.entries(now))
			lines.push(`# TYPE muster_relay_${name} gauge`, `muster_relay_${name} ${value}`);
		return `${lines.join('\n')}\n`;
	}
}
