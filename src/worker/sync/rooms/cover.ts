import * as Y from 'yjs';

/**
 * What a document holds that these updates do not make up, as one update; null when they cover it: all its structs,
 * and everything that was deleted in it. docs/sync.md [6.3]
 */
export function missingFrom(updates: readonly Uint8Array[], doc: Y.Doc): Uint8Array | null {
	const covered = new Y.Doc();
	covered.transact(() => {
		for (const update of updates) Y.applyUpdate(covered, update);
	});
	const missing = Y.equalSnapshots(Y.snapshot(covered), Y.snapshot(doc))
		? null
		: Y.encodeStateAsUpdate(doc, Y.encodeStateVector(covered));
	covered.destroy();
	return missing;
}
