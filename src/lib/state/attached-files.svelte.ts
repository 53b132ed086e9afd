import { attachmentsProblem, kindOf, takes, type Attachment } from '../domain/attachment';
import type { Connection } from '../domain/connection';
import { quirksOf } from '../domain/quirks';
import { toasts } from './toasts.svelte';

/** Files a person is about to hand along with what they write. */
export class AttachedFiles {
	#files = $state.raw<readonly Attachment[]>([]);

	get all(): readonly Attachment[] {
		return this.#files;
	}

	/** Takes files in, in order; of one that can't be taken, a toast says why. */
	async add(files: Iterable<File>): Promise<void> {
		for (const file of files) {
			const read = await readAttachment(file);
			const problem =
				'refused' in read ? read.refused : attachmentsProblem([...this.#files, read.attachment]);
			if (problem) this.#tell(problem);
			else if ('attachment' in read) this.#files = [...this.#files, read.attachment];
		}
	}

	remove(file: Attachment): void {
		this.#files = this.#files.filter((other) => other !== file);
	}

	clear(): void {
		this.#files = [];
	}

	/** What was attached before, as when a message is edited or could not be sent. */
	putBack(files: readonly Attachment[]): void {
		this.#files = [...files];
	}

	/** Why this model can't be sent them; empty when it can. */
	blocked(connection: Connection | null | undefined, model: string): string {
		const info = connection?.models.find(({ id }) => id === model);
		if (!connection || !info) return '';
		const quirks = quirksOf(connection);
		const left = this.#files.find((file) => {
			const kind = kindOf(file);
			return kind !== 'text' && !takes(kind === 'image' ? 'images' : 'pdf', info, quirks);
		});
		if (!left) return '';
		const what = kindOf(left) === 'image' ? 'images' : 'PDF files';
		return `${info.name} takes no ${what}. Remove ${left.name} or choose another model.`;
	}

	#tell(text: string): void {
		toasts.show({ text, tone: 'failed', icon: 's-failed', key: 'attach' });
	}
}

async function readAttachment(
	file: File,
): Promise<{ attachment: Attachment } | { refused: string }> {
	const { name, size, type } = file;
	const meta = { name: name || 'pasted file', mediaType: type, size };
	const tooLarge = attachmentsProblem([meta]);
	if (tooLarge) return { refused: tooLarge };
	try {
		if (kindOf(meta) !== 'text') return { attachment: { ...meta, data: await base64Of(file) } };
		const data = textOf(await file.arrayBuffer());
		if (data === null)
			return {
				refused: `${meta.name} can’t be attached. Text, PDF, PNG, JPEG, GIF and WebP files can.`,
			};
		const mediaType = type.startsWith('text/') || type === 'application/json' ? type : 'text/plain';
		return { attachment: { ...meta, mediaType, data } };
	} catch {
		return { refused: `${meta.name} could not be read. Choose it again.` };
	}
}

/** Null where the bytes are no text. */
function textOf(bytes: ArrayBuffer): string | null {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return text.includes('\0') ? null : text;
	} catch {
		return null;
	}
}

function base64Of(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
		reader.onerror = () => reject(reader.error ?? new Error('not read'));
		reader.readAsDataURL(file);
	});
}
