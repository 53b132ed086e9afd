import { refuse, type ImportItem, type ImportSource } from '$lib/domain/import/source';
import { damaged, notOurs, readWorkspace, type Reading } from '$lib/domain/workspace-file/read';

/** Workspace files, one after another. */
export class WorkspaceSource implements ImportSource {
	readonly what = 'Muster workspace';
	readonly size: number;
	#read = 0;
	#reading: Reading = { unknown: 0 };

	constructor(private readonly files: readonly Blob[]) {
		this.size = files.reduce((sum, { size }) => sum + size, 0);
	}

	get read(): number {
		return this.#read;
	}

	get left(): string[] {
		const { unknown } = this.#reading;
		if (unknown === 0) return [];
		return [
			unknown === 1
				? 'One line is of a kind that this version of Muster does not know.'
				: `${unknown} lines are of a kind that this version of Muster does not know.`,
		];
	}

	async *items(): AsyncIterable<ImportItem> {
		for (const file of this.files) {
			if (!(await isZipped(file))) throw notOurs();
			yield* readWorkspace(this.#unzipped(file), this.#reading);
		}
	}

	async *#unzipped(file: Blob): AsyncIterable<Uint8Array> {
		const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
			transform: (chunk, controller) => {
				this.#read += chunk.length;
				controller.enqueue(chunk);
			},
		});
		const reader = file
			.stream()
			.pipeThrough(counted)
			.pipeThrough(new DecompressionStream('gzip'))
			.getReader();
		try {
			for (;;) {
				const { done, value } = await reader.read().catch(asRefusal);
				if (done) return;
				yield value;
			}
		} finally {
			// Whoever stopped early wants no more of it.
			await reader.cancel().catch(() => undefined);
		}
	}
}

async function isZipped(file: Blob): Promise<boolean> {
	const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
	return start[0] === 0x1f && start[1] === 0x8b;
}

/** A file that changed or went away since it was chosen has errors of its own; any other is of its zip. */
function asRefusal(error: unknown): never {
	const gone = ['NotReadableError', 'NotFoundError'];
	if (!(error instanceof Error) || !gone.includes(error.name))
		throw damaged('it is cut off, or bytes of it have changed');
	throw refuse(
		'unreadable',
		'This file cannot be read any more.',
		'It may have been moved or changed since it was chosen. Choose it again.',
	);
}
