/** Statements that a member makes: a workspace begins, somebody comes, somebody goes. docs/sync.md §1 */
import type { DeviceKeys, PublicKeys } from '$lib/wire/device';
import { deviceIdOf } from '$lib/wire/device';
import {
	addStatement,
	beginStatement,
	newSalt,
	removeStatement,
	type Roster,
} from '$lib/wire/roster';
import { encodeStatement, type MemberKind } from '$lib/wire/statement';
import type { Bytes } from '$lib/wire/bytes';
import { newSecret, wrapSecret } from '$lib/wire/wrap';
import type { EpochSecrets } from '../seal/room-cipher';

/** The first statement of a new workspace, by its first device. [1.4] */
export async function beginWorkspace(device: DeviceKeys, at: number): Promise<Bytes> {
	const salt = newSalt();
	const scope = { salt, epoch: 1, member: device.id };
	const wrap = await wrapSecret(newSecret(), device.keys.agree, scope);
	return encodeStatement(await beginStatement(device, { at, salt, wrap }));
}

/** Lets another one in, with the secrets of every epoch so far. [1.5] */
export async function admit(
	by: DeviceKeys,
	roster: Roster,
	secrets: EpochSecrets,
	newcomer: { keys: PublicKeys; kind: MemberKind; at: number },
): Promise<Bytes> {
	const { keys, kind, at } = newcomer;
	const member = await deviceIdOf(keys.sign);
	const wraps = new Map<number, string>();
	for (const [epoch, secret] of secrets)
		wraps.set(epoch, await wrapSecret(secret, keys.agree, { salt: roster.salt, epoch, member }));
	return encodeStatement(await addStatement(by, roster, { at, device: keys, kind, wraps }));
}

/** Takes one out, and gives those who remain a new secret, which that one never sees. [1.6] */
export async function remove(
	by: DeviceKeys,
	roster: Roster,
	{ device, at }: { device: string; at: number },
): Promise<Bytes> {
	const secret = newSecret();
	const epoch = roster.epoch + 1;
	const wraps = new Map<string, string>();
	for (const { id, keys } of roster.members.values())
		if (id !== device) {
			const scope = { salt: roster.salt, epoch, member: id };
			wraps.set(id, await wrapSecret(secret, keys.agree, scope));
		}
	return encodeStatement(await removeStatement(by, roster, { at, device, wraps }));
}
