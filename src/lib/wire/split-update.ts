import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/**
 * The same as one update, in updates of about `most` bytes each: a struct that is longer stands alone. Whoever gets
 * all of them, in any order, has what the one would have given. Deletions are in the last.
 *
 * Format: Yjs update v1, https://github.com/yjs/yjs/blob/main/INTERNALS.md
 */
export function splitUpdate(update: Uint8Array, most: number): Uint8Array[] {
	if (update.length <= most) return [update];
	const { structs, ds } = Y.decodeUpdate(update);
	const parts: Uint8Array[] = [];
	let group: typeof structs = [];
	let size = 0;
	const close = () => {
		if (group.length > 0) parts.push(encoded(group, null));
		[group, size] = [[], 0];
	};
	for (const struct of structs) {
		const bytes = encoded([struct], null).length;
		if (size + bytes > most) close();
		group.push(struct);
		size += bytes;
	}
	parts.push(encoded(group, ds));
	return parts;
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/** `structs` are in the order of an update: by client, each client's by clock, nothing missing between two. */
function encoded(structs: Decoded['structs'], ds: Decoded['ds'] | null): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const runs: Decoded['structs'][] = [];
	for (const struct of structs) {
		const run = runs.at(-1);
		if (run?.[0]?.id.client === struct.id.client) run.push(struct);
		else runs.push([struct]);
	}
	encoding.writeVarUint(encoder.restEncoder, runs.length);
	for (const run of runs) {
		const id = run[0]?.id ?? Y.createID(0, 0);
		encoding.writeVarUint(encoder.restEncoder, run.length);
		encoder.writeClient(id.client);
		encoding.writeVarUint(encoder.restEncoder, id.clock);
		for (const struct of run) struct.write(encoder, 0);
	}
	writeDeletions(encoder, ds);
	return encoder.toUint8Array();
}

function writeDeletions(encoder: Y.UpdateEncoderV1, ds: Decoded['ds'] | null): void {
	const clients = [...(ds?.clients ?? [])];
	encoding.writeVarUint(encoder.restEncoder, clients.length);
	for (const [client, deletions] of clients) {
		encoder.resetDsCurVal();
		encoding.writeVarUint(encoder.restEncoder, client);
		encoding.writeVarUint(encoder.restEncoder, deletions.length);
		for (const { clock, len } of deletions) {
			encoder.writeDsClock(clock);
			encoder.writeDsLen(len);
		}
	}
}
