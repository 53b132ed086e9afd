import * as Y from 'yjs';
import { CLOSINGS, type Closing } from '../../src/lib/wire/close-codes';
import type { Bytes } from '../../src/lib/wire/bytes';
import { PIECE_BYTES } from '../../src/lib/wire/limits';
import { encodeMessage, type Message } from '../../src/lib/wire/messages';
import { splitUpdate } from '../../src/lib/wire/split-update';
import type { GroupCommit } from '../store/group-commit';
import { grown, replaced, type Change, type RoomRecords, type Span } from '../store/port';
import { Presence } from './presence';
import type { Workspace } from './workspace';

/** One channel into a room. */
export interface RoomMember {
	/**
	 * @param message one y-websocket message
	 * @param asked it is what `whenReady` made time for
	 */
	send(message: Bytes, asked?: boolean): void;
	/** Runs once this reader has read enough for something large, which is sent when it resolves. */
	whenReady(sending: () => Promise<void> | void): void;
	/** The room has nothing more for it. */
	close(closing: Closing): void;
	/** What it sent can't be read: its socket ends. */
	fault(): void;
	/** Bytes of it that began (or, below zero, ceased) to wait for the store. */
	pending(bytes: number): void;
}

export interface RoomLimits {
	readonly roomBytes: number;
	readonly workspaceBytes: number;
}

export interface RoomDeps {
	readonly workspace: Workspace;
	readonly name: string;
	readonly commits: GroupCommit;
	readonly limits: RoomLimits;
	/** The room can no longer be used: it has to be loaded anew. */
	readonly broken: (room: Room) => void;
}

/**
 * One shared document, held while somebody is there. Every update goes apply → commit → send and confirm [3.1], and
 * what depends on commits runs after the ones before it, in the order it was asked for.
 */
export class Room {
	readonly #deps: RoomDeps;
	readonly #doc = new Y.Doc();
	readonly #members = new Set<RoomMember>();
	readonly #presence: Presence;
	/** With what is on its way to the store. */
	#span: Span;
	/** Bytes that are in the store. */
	#kept: number;
	/** Its records are all readable, so that one update may take their place. */
	#whole: boolean;
	#broken = false;
	/** Resolves when the last commit did: true where it was kept. */
	#tail: Promise<boolean> = Promise.resolve(true);
	/** What the updates now being applied change of the document. */
	#changed: Uint8Array[] = [];

	constructor(deps: RoomDeps, records: RoomRecords) {
		this.#deps = deps;
		this.#span = records.span;
		this.#kept = records.span.bytes;
		let unreadable = records.unreadable;
		for (const update of records.updates)
			try {
				Y.applyUpdate(this.#doc, update);
			} catch {
				unreadable++;
			}
		this.#whole = unreadable === 0;
		this.#doc.on('update', (update: Uint8Array) => this.#changed.push(update));
		this.#presence = new Presence(this.#doc);
	}

	get size(): number {
		return this.#members.size;
	}

	get bytes(): number {
		return this.#span.bytes;
	}

	get broken(): boolean {
		return this.#broken;
	}

	get whole(): boolean {
		return this.#whole;
	}

	join(member: RoomMember): void {
		this.#members.add(member);
		member.send(encodeMessage({ kind: 'step1', stateVector: stateVector(this.#doc) }));
		const present = this.#presence.all();
		if (present) member.send(encodeMessage({ kind: 'awareness', update: present }));
	}

	leave(member: RoomMember): void {
		if (!this.#members.delete(member)) return;
		const gone = this.#presence.leave(member);
		if (gone) this.#toOthers(member, encodeMessage({ kind: 'awareness', update: gone }));
	}

	receive(member: RoomMember, message: Message): void {
		switch (message.kind) {
			case 'step1':
				member.whenReady(() => this.#answer(member, message.stateVector));
				return;
			case 'step2':
			case 'update':
				this.#update(member, message.update);
				return;
			case 'confirm':
				void this.#afterCommits(() => member.send(encodeMessage(message)));
				return;
			case 'awareness':
				if (this.#presence.update(member, message.update))
					this.#toOthers(member, encodeMessage(message));
				else member.fault();
				return;
			case 'query-awareness': {
				const present = this.#presence.all();
				if (present) member.send(encodeMessage({ kind: 'awareness', update: present }));
				return;
			}
			case 'broadcast':
				this.#toOthers(member, encodeMessage(message));
		}
	}

	/** Resolves when what came so far is kept, or is not going to be. */
	settled(): Promise<unknown> {
		return this.#tail;
	}

	/** Puts one update in the place of all records, where that is less [7.4]. */
	async compact(): Promise<void> {
		if (this.#broken || !this.#whole || this.#span.next - this.#span.first < 2) return;
		const update = Y.encodeStateAsUpdate(this.#doc);
		if (update.length < this.#span.bytes) await this.#replace(update);
	}

	free(): void {
		this.#presence.free();
		this.#doc.destroy();
	}

	/** What the document holds now, said once all of it is kept: a reader never sees what could still be lost. */
	#answer(member: RoomMember, stateVector: Bytes): Promise<void> | void {
		let update: Bytes;
		try {
			update = Y.encodeStateAsUpdate(this.#doc, stateVector) as Bytes;
		} catch {
			member.fault();
			return;
		}
		const pieces = splitUpdate(update, PIECE_BYTES);
		const last = pieces.pop() as Bytes;
		return this.#afterCommits(() => {
			for (const piece of pieces)
				member.whenReady(() => member.send(encodeMessage({ kind: 'update', update: piece }), true));
			const end = encodeMessage({ kind: 'step2', update: last });
			if (pieces.length) member.whenReady(() => member.send(end, true));
			else member.send(end, true);
		});
	}

	#update(member: RoomMember, update: Bytes): void {
		if (this.#broken) return;
		const over = this.#over(update.length);
		const instead = over && this.#compactWith(update);
		if (over && !instead) {
			member.close(over);
			return;
		}
		let changed: Bytes | null;
		try {
			changed = this.#apply(update);
		} catch {
			// Yjs stopped halfway, and what the document holds now nobody knows.
			member.fault();
			this.#break(CLOSINGS.busy);
			return;
		}
		if (!changed) return;
		member.pending(changed.length);
		const kept = instead ? this.#replace(instead) : this.#append(changed);
		const { length } = changed;
		const message = encodeMessage({ kind: 'update', update: changed });
		void kept.then((ok) => {
			member.pending(-length);
			if (ok) this.#toOthers(member, message);
		});
	}

	/** What an update changes of the document, to be kept and passed on; null where all of it was known. */
	#apply(update: Bytes): Bytes | null {
		this.#changed = [];
		Y.applyUpdate(this.#doc, update);
		const { pendingStructs, pendingDs } = this.#doc.store;
		// What waits for something that has not come yet shows in no change: then the whole of it is kept.
		if (pendingStructs || pendingDs) return update;
		if (!this.#changed.length) return null;
		return (this.#changed.length === 1 ? this.#changed[0] : Y.mergeUpdates(this.#changed)) as Bytes;
	}

	/** The limit that this many bytes more would break. */
	#over(more: number): Closing | null {
		const { limits, workspace } = this.#deps;
		if (this.#span.bytes + more > limits.roomBytes) return CLOSINGS.room;
		return workspace.bytes + more > limits.workspaceBytes ? CLOSINGS.workspace : null;
	}

	/**
	 * All that the room would hold with this update, where that is within the limits: so a full room can still be
	 * compacted by its clients, and deleted from. Tried on a copy, since nothing can be taken out of a document.
	 */
	#compactWith(update: Bytes): Bytes | null {
		if (!this.#whole) return null;
		const copy = new Y.Doc();
		try {
			Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.#doc));
			Y.applyUpdate(copy, update);
			const all = Y.encodeStateAsUpdate(copy) as Bytes;
			return this.#over(all.length - this.#span.bytes) ? null : all;
		} catch {
			return null;
		} finally {
			copy.destroy();
		}
	}

	#append(update: Bytes): Promise<boolean> {
		const { workspace, name: room } = this.#deps;
		const span = grown(this.#span, update.length);
		return this.#commit({ kind: 'update', workspace: workspace.id, room, span, update });
	}

	#replace(update: Uint8Array): Promise<boolean> {
		const { workspace, name: room } = this.#deps;
		const before = this.#span;
		const span = replaced(before, update.length);
		return this.#commit({ kind: 'replace', workspace: workspace.id, room, before, span, update });
	}

	#commit(change: Extract<Change, { span: Span }>): Promise<boolean> {
		this.#deps.workspace.bytes += change.span.bytes - this.#span.bytes;
		this.#span = change.span;
		this.#tail = this.#deps.commits.add([change]).then(
			() => {
				this.#kept = change.span.bytes;
				return true;
			},
			() => {
				this.#break(CLOSINGS.store);
				return false;
			},
		);
		return this.#tail;
	}

	#afterCommits(action: () => void): Promise<void> {
		return this.#tail.then((kept) => {
			if (kept && !this.#broken) action();
		});
	}

	#break(closing: Closing): void {
		if (this.#broken) return;
		this.#broken = true;
		for (const member of [...this.#members]) {
			this.leave(member);
			member.close(closing);
		}
		const { workspace, broken } = this.#deps;
		// Counted when they were sent to the store; what did not get there takes no space.
		void this.#tail.then(() => (workspace.bytes += this.#kept - this.#span.bytes));
		broken(this);
	}

	#toOthers(from: RoomMember, message: Bytes): void {
		for (const member of this.#members) if (member !== from) member.send(message);
	}
}

const stateVector = (doc: Y.Doc): Bytes => Y.encodeStateVector(doc) as Bytes;
