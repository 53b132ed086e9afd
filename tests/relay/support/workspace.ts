import type { Bytes } from '../../../src/lib/wire/bytes';
import { newDevice, type DeviceKeys } from '../../../src/lib/wire/device';
import {
	addStatement,
	beginStatement,
	extend,
	newSalt,
	removeStatement,
	type Roster,
} from '../../../src/lib/wire/roster';
import type { Statement } from '../../../src/lib/wire/statement';
import { newSecret, wrapSecret } from '../../../src/lib/wire/wrap';

const AT = Date.UTC(2026, 10, 26);

/** A workspace as the device that began it knows it. */
export class TestWorkspace {
	readonly statements: Statement[] = [];
	roster!: Roster;
	readonly #secrets: Bytes[] = [newSecret()];
	readonly #devices = new Map<string, DeviceKeys>();

	static async begin(first: DeviceKeys): Promise<TestWorkspace> {
		const workspace = new TestWorkspace();
		const salt = newSalt();
		const scope = { salt, epoch: 1, member: first.id };
		const wrap = await wrapSecret(workspace.#secrets[0]!, first.keys.agree, scope);
		workspace.#devices.set(first.id, first);
		await workspace.take(await beginStatement(first, { at: AT, salt, wrap }));
		return workspace;
	}

	get id(): string {
		return this.roster.workspace;
	}

	/** By epoch. */
	secrets(): Map<number, Bytes> {
		return new Map(this.#secrets.map((secret, index) => [index + 1, secret]));
	}

	async take(statement: Statement): Promise<void> {
		this.roster = await extend(this.roster ?? null, statement);
		this.statements.push(statement);
	}

	async adding(by: DeviceKeys, device: DeviceKeys): Promise<Statement> {
		this.#devices.set(device.id, device);
		const wraps = new Map<number, string>();
		for (const [index, secret] of this.#secrets.entries())
			wraps.set(index + 1, await this.#wrap(secret, index + 1, device));
		const more = { at: AT, device: device.keys, kind: 'device' as const, wraps };
		return addStatement(by, this.roster, more);
	}

	async removing(by: DeviceKeys, device: DeviceKeys): Promise<Statement> {
		const secret = newSecret();
		this.#secrets.push(secret);
		const wraps = new Map<string, string>();
		for (const id of this.roster.members.keys()) {
			const member = this.#devices.get(id);
			if (member && id !== device.id)
				wraps.set(id, await this.#wrap(secret, this.roster.epoch + 1, member));
		}
		return removeStatement(by, this.roster, { at: AT, device: device.id, wraps });
	}

	#wrap(secret: Bytes, epoch: number, { id: member, keys }: DeviceKeys) {
		return wrapSecret(secret, keys.agree, { salt: this.roster.salt, epoch, member });
	}
}

/** Making keys takes a while; tests that don't care share these. */
export const devices = async (count: number): Promise<DeviceKeys[]> =>
	Promise.all(Array.from({ length: count }, () => newDevice()));
