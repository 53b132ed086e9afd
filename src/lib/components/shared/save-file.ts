import type { StoredEvent } from '$lib/domain/log/event';

/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The download has begun by then, and the memory is given back.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name any file system takes: letters and digits of the title, and an ending. */
export function fileName(title: string, ending: string): string {
	const words = title
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '');
	return `${words.slice(0, 60).replace(/-+$/, '') || 'session'}.${ending}`;
}

/** Events written between two pauses of the page. */
const BITE = 200;

/** The whole log as a file: `{format, v, session, events}`, events in log order. */
export async function sessionFile(
	id: string,
	title: string,
	events: readonly StoredEvent[],
): Promise<{ blob: Blob; name: string }> {
	const head = { format: 'muster-session', v: 1, session: id, title };
	const parts = [JSON.stringify(head).slice(0, -1), ',"events":['];
	for (let from = 0; from < events.length; from += BITE) {
		const bite = events.slice(from, from + BITE).map((event) => JSON.stringify(event));
		parts.push(from === 0 ? '\n' : ',\n', bite.join(',\n'));
		await new Promise((resolve) => setTimeout(resolve));
	}
	parts.push('\n]}\n');
	return {
		blob: new Blob(parts, { type: 'application/json' }),
		name: fileName(title, 'muster.json'),
	};
}
