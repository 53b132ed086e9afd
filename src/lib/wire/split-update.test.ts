import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { splitUpdate } from './split-update';

interface Edit {
	client: number;
	at: number;
	length: number;
	deletes: boolean;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
	fc.record({
		client: fc.integer({ min: 0, max: 2 }),
		at: fc.nat(),
		length: fc.integer({ min: 1, max: 400 }),
		deletes: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 40 },
);

/** What three clients make of these, who hear each other all the time. */
function madeBy(all: readonly Edit[]): Y.Doc {
	const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const;
	for (const { client, at, length, deletes } of all) {
		const doc = docs[client] ?? docs[0];
		const log = doc.getArray<Uint8Array>('log');
		if (deletes && log.length > 0) log.delete(at % log.length);
		else log.insert(at % (log.length + 1), [new Uint8Array(length).fill(client)]);
		for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	}
	return docs[0];
}

describe('an update in parts', () => {
	it('gives what the whole gives, in any order', () => {
		fc.assert(
			fc.property(edits, fc.integer({ min: 60, max: 1000 }), fc.boolean(), (all, most, turned) => {
				const doc = madeBy(all);
				const parts = splitUpdate(Y.encodeStateAsUpdate(doc), most);
				const copy = new Y.Doc();
				for (const part of turned ? parts.reverse() : parts) Y.applyUpdate(copy, part);
				expect(copy.getArray('log').toArray()).toEqual(doc.getArray('log').toArray());
				expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(doc))).toBe(true);
			}),
		);
	});

	it('has parts that are no longer than asked, unless one thing is', () => {
		const doc = new Y.Doc();
		for (let i = 0; i < 50; i++) doc.getArray('log').push([new Uint8Array(1000)]);
		doc.getArray('log').push([new Uint8Array(9000)]);
		const parts = splitUpdate(Y.encodeStateAsUpdate(doc), 5000);
		expect(parts.length).toBeGreaterThan(10);
		expect(parts.filter(({ length }) => length > 5000)).toHaveLength(1);
	});

	it('is the update itself where that is short', () => {
		const update = Y.encodeStateAsUpdate(madeBy([{ client: 0, at: 0, length: 5, deletes: false }]));
		expect(splitUpdate(update, 1000)).toEqual([update]);
	});
});
