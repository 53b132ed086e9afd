import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MalformedError } from './bytes';
import { splitUpdate } from './split-update';

const action = fc.record({
	who: fc.nat(2),
	what: fc.constantFrom('push', 'insert', 'delete', 'set', 'nest', 'meet'),
	at: fc.nat(50),
	size: fc.nat(60),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Three documents that write, and now and then meet; what the first has in the end. */
function written(actions: readonly Action[]): Y.Doc {
	const docs = [0, 1, 2].map((n) => {
		const doc = new Y.Doc();
		doc.clientID = n + 1;
		return doc as Y.Doc;
	}) as [Y.Doc, Y.Doc, Y.Doc];
	for (const { who, what, at, size } of actions) {
		const doc = docs[who]!;
		const log = doc.getArray<unknown>('log');
		const place = at % (log.length + 1);
		if (what === 'push') log.push([new Uint8Array(size).fill(at)]);
		if (what === 'insert') log.insert(place, [`${at}`, size]);
		if (what === 'delete' && log.length) log.delete(Math.min(place, log.length - 1), 1);
		if (what === 'set') doc.getMap('map').set(`${at % 3}`, size);
		if (what === 'nest') log.push([new Y.Map([['text', new Y.Text(`${at}`)]])]);
		if (what === 'meet') Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[(who + 1 + (at % 2)) % 3]!));
	}
	for (const doc of docs.slice(1)) Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(doc));
	return docs[0];
}
const json = (doc: Y.Doc) => [doc.getArray('log').toJSON(), doc.getMap('map').toJSON()];
const actions = fc.array(action, { maxLength: 60 });

describe('an update in pieces', () => {
	it('is the same update: whoever applies them holds the same, and nothing waits for anything', () => {
		fc.assert(
			fc.property(actions, fc.integer({ min: 60, max: 400 }), (some, most) => {
				const doc = written(some);
				const whole = Y.encodeStateAsUpdate(doc);
				const copy = new Y.Doc();
				for (const piece of splitUpdate(whole, most)) {
					Y.applyUpdate(copy, piece);
					expect(copy.store.pendingStructs).toBeNull();
				}
				expect(copy.store.pendingDs).toBeNull();
				expect(json(copy)).toEqual(json(doc));
				expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
				expect(Y.encodeStateAsUpdate(copy)).toEqual(whole);
			}),
		);
	});

	it('is what was missing, for one that knows a part already', () => {
		fc.assert(
			fc.property(actions, actions, (before, after) => {
				const copy = new Y.Doc();
				Y.applyUpdate(copy, Y.encodeStateAsUpdate(written(before)));
				const doc = written([...before, ...after]);
				const missing = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(copy));
				for (const piece of splitUpdate(missing, 100)) Y.applyUpdate(copy, piece);
				expect(json(copy)).toEqual(json(doc));
			}),
		);
	});

	it('is as short as was asked for, but for a value that is longer itself', () => {
		fc.assert(
			fc.property(actions, fc.integer({ min: 200, max: 400 }), (some, most) => {
				for (const piece of splitUpdate(Y.encodeStateAsUpdate(written(some)), most))
					expect(piece.length).toBeLessThanOrEqual(most);
			}),
		);
		const doc = new Y.Doc();
		for (let n = 0; n < 3; n++) doc.getArray('log').push([new Uint8Array(1_000)]);
		expect(splitUpdate(Y.encodeStateAsUpdate(doc), 500)).toHaveLength(3);
	});

	it('that fits is left as it is; one that is none is the named error', () => {
		const update = Y.encodeStateAsUpdate(written([]));
		expect(splitUpdate(update, 100)).toEqual([update]);
		expect(() => splitUpdate(new Uint8Array(200).fill(255), 100)).toThrow(MalformedError);
	});

	it('of ten thousand batches is some pieces of full length', () => {
		const doc = new Y.Doc();
		doc.transact(() => {
			for (let n = 0; n < 10_000; n++) doc.getArray('log').push([new Uint8Array(200)]);
		});
		const pieces = splitUpdate(Y.encodeStateAsUpdate(doc), 262_144);
		expect(pieces.length).toBeLessThan(11);
		expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(262_144);
	});
});
