/** A device as the sync of the app has one: rooms over a real socket to a real relay. */
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { Bytes } from '../../../src/lib/wire/bytes';
import type { Closing } from '../../../src/lib/wire/close-codes';
import type { DeviceKeys } from '../../../src/lib/wire/device';
import { encodeStatement } from '../../../src/lib/wire/statement';
import { RelayConnection, type RelayState } from '../../../src/worker/sync/relay/relay-connection';
import { Rooms, type HeldRoom } from '../../../src/worker/sync/rooms/rooms';
import { RoomKeys } from '../../../src/worker/sync/seal/room-cipher';
import { RoomShelf, ShelfLife } from '../../fakes/room-store';
import type { TestWorkspace } from '../../relay/support/workspace';

/** Every byte that goes over the wire, either way, in the test that asks for it. */
export type Tap = (bytes: Uint8Array) => void;

export class SyncDevice {
	#life: ShelfLife;
	/** By epoch. */
	readonly secrets: Map<number, Bytes>;
	readonly closings: Closing[] = [];
	readonly errors: unknown[] = [];
	readonly broadcasts: string[] = [];
	readonly connection: RelayConnection;
	rooms: Rooms;
	#states: RelayState[] = [];
	#waiting: (() => void)[] = [];

	constructor(
		url: string,
		readonly workspace: TestWorkspace,
		readonly device: DeviceKeys,
		{
			shelf = new RoomShelf(),
			tap,
			begins = false,
			secrets = workspace.secrets(),
		}: { shelf?: RoomShelf; tap?: Tap; begins?: boolean; secrets?: Map<number, Bytes> } = {},
	) {
		this.secrets = secrets;
		this.#life = new ShelfLife(shelf);
		const [genesis] = workspace.statements;
		this.connection = new RelayConnection({
			url,
			workspace: workspace.id,
			device,
			begin:
				begins && genesis ? { statement: encodeStatement(genesis) as Bytes, invite: '' } : null,
			changed: (state) => {
				this.#states.push(state);
				this.#tell();
			},
			roster: () => undefined,
			known: () => workspace.statements.length,
			socket: tapped((bytes) => {
				tap?.(bytes);
				this.#tell();
			}) as unknown as typeof globalThis.WebSocket,
		});
		this.rooms = this.#rooms();
		onTestFinished(() => this.stop());
	}

	#rooms(): Rooms {
		return new Rooms({
			keys: new RoomKeys(this.secrets),
			store: this.#life,
			connection: this.connection,
			whenReady: (then) => this.#whenReady(then),
			changed: () => this.#tell(),
			unread: () => undefined,
			closed: (_, closing) => void this.closings.push(closing),
			broadcast: (_, payload) => {
				this.broadcasts.push(new TextDecoder().decode(payload));
				this.#tell();
			},
			failed: (error) => void this.errors.push(error),
		});
	}

	#tell(): void {
		for (const tell of [...this.#waiting]) tell();
	}

	#whenReady(then: () => void): () => void {
		const look = () => {
			if (this.connection.state.kind !== 'ready') return;
			stop();
			then();
		};
		const stop = () => void (this.#waiting = this.#waiting.filter((one) => one !== look));
		this.#waiting.push(look);
		queueMicrotask(look);
		return stop;
	}

	/** Once it is so; looked at whenever something changes. */
	until = (so: () => boolean, what: string): Promise<void> => {
		return new Promise((done, fail) => {
			const look = () => {
				if (!so()) return;
				clearTimeout(timer);
				this.#waiting = this.#waiting.filter((one) => one !== look);
				done();
			};
			const timer = setTimeout(
				() => fail(new Error(`Not in time: ${what} (${JSON.stringify(this.#states.at(-1))})`)),
				15_000,
			);
			this.#waiting.push(look);
			look();
		});
	};

	async events(
		meaning: string,
	): Promise<{ held: HeldRoom; read: () => string[]; say: (text: string) => Promise<void> }> {
		let read = (): string[] => [];
		const held = await this.rooms.hold(meaning, (inner) => {
			const events = inner.getArray<string>('events');
			events.observe(() => this.#tell());
			read = () => events.toArray();
		});
		return {
			held,
			read: () => read(),
			say: (text) =>
				held.write(
					(inner) => inner.getArray('events').push([text]),
					(update) => this.#life.keep(held.name, update),
				),
		};
	}

	/** Ends as a killed tab does: what was on its way to the disk does not come there. */
	crash(): void {
		this.#life.end();
		this.connection.stop();
	}

	async stop(): Promise<void> {
		if (this.#life.isOver) return;
		this.connection.stop();
		await this.rooms.close();
	}
}

/** The same socket, with somebody listening on the line. */
export function tapped(tap: Tap) {
	return class extends WebSocket {
		constructor(url: string) {
			super(url);
			this.on('message', (data: Buffer | ArrayBuffer) => tap(new Uint8Array(data as ArrayBuffer)));
		}
		override send(data: Uint8Array): void {
			tap(data);
			super.send(data);
		}
	};
}
