/** A device with its roster, as the app puts the two together. */
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { Bytes } from '../../../src/lib/wire/bytes';
import { newDevice, type DeviceKeys } from '../../../src/lib/wire/device';
import { KnownRoster } from '../../../src/worker/sync/members/known-roster';
import { beginWorkspace } from '../../../src/worker/sync/members/change-members';
import { RelayConnection } from '../../../src/worker/sync/relay/relay-connection';
import { decodeStatement } from '../../../src/lib/wire/statement';
import { extend } from '../../../src/lib/wire/roster';

export const socket = WebSocket as unknown as typeof globalThis.WebSocket;

export class Member {
	readonly connection: RelayConnection;
	#looks: (() => void)[] = [];

	constructor(
		url: string,
		readonly device: DeviceKeys,
		readonly roster: KnownRoster,
		begin: Bytes | null = null,
	) {
		this.connection = new RelayConnection({
			url,
			workspace: roster.workspace,
			device,
			begin: begin && { statement: begin, invite: '' },
			changed: () => this.tell(),
			roster: (from, statements) => void roster.take(from, statements).then(() => this.tell()),
			known: () => roster.length,
			socket,
		});
		onTestFinished(() => this.connection.stop());
	}

	/** The first device of a new workspace, connected. */
	static async first(url: string): Promise<Member> {
		const device = await newDevice();
		const begin = await beginWorkspace(device, Date.now());
		const { workspace } = await extend(null, decodeStatement(begin));
		const roster = await KnownRoster.of(workspace, [begin]);
		return new Member(url, device, roster, begin).online();
	}

	async online(): Promise<this> {
		this.connection.start();
		await this.until(() => this.connection.state.kind === 'ready', 'ready');
		return this;
	}

	tell = (): void => {
		for (const look of [...this.#looks]) look();
	};

	until = (so: () => boolean, what: string): Promise<void> =>
		new Promise((done, fail) => {
			const look = () => {
				if (!so()) return;
				clearTimeout(timer);
				this.#looks = this.#looks.filter((one) => one !== look);
				done();
			};
			const timer = setTimeout(() => fail(new Error(`Not in time: ${what}`)), 15_000);
			this.#looks.push(look);
			look();
		});
}
