import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from './base64url';
import { utf8, type Bytes } from './bytes';
import { newDevice, signBytes, type DeviceKeys } from './device';
import { idOf } from './ids';
import {
	addStatement,
	beginStatement,
	extend,
	newSalt,
	removeStatement,
	RosterError,
	rosterOf,
	type Roster,
	type RosterFault,
} from './roster';
import {
	decodeBody,
	decodeStatement,
	encodeStatement,
	wrapsFor,
	type Statement,
} from './statement';
import { newSecret, unwrapSecret, wrapSecret } from './wrap';

const AT = Date.UTC(2026, 10, 26);
/** Making keys is slow: a handful serves all tests. */
const devices = await Promise.all(Array.from({ length: 5 }, () => newDevice()));
const [anna, ben, cleo] = devices as [DeviceKeys, DeviceKeys, DeviceKeys];

/** A workspace as a client keeps it: its chain, and the secrets of its epochs. */
class Chain {
	statements: Statement[] = [];
	roster!: Roster;
	secrets: Bytes[] = [newSecret()];

	static async begin(by = anna): Promise<Chain> {
		const chain = new Chain();
		const salt = newSalt();
		const wrap = await wrapSecret(chain.secrets[0]!, by.keys.agree, {
			salt,
			epoch: 1,
			member: by.id,
		});
		return chain.take(await beginStatement(by, { at: AT, salt, wrap }));
	}

	async take(statement: Statement): Promise<this> {
		this.roster = await extend(this.roster ?? null, statement);
		this.statements.push(statement);
		return this;
	}

	async adding(device: DeviceKeys, by = anna): Promise<Statement> {
		const wraps = new Map<number, string>();
		for (const [index, secret] of this.secrets.entries())
			wraps.set(index + 1, await this.#wrap(secret, index + 1, device));
		return addStatement(by, this.roster, { at: AT, device: device.keys, kind: 'device', wraps });
	}

	async removing(device: string, by = anna, secret = newSecret()): Promise<Statement> {
		const wraps = new Map<string, string>();
		for (const member of devices)
			if (this.roster.members.has(member.id) && member.id !== device)
				wraps.set(member.id, await this.#wrap(secret, this.roster.epoch + 1, member));
		this.secrets.push(secret);
		return removeStatement(by, this.roster, { at: AT, device, wraps });
	}

	#wrap(secret: Bytes, epoch: number, { id: member, keys }: DeviceKeys) {
		return wrapSecret(secret, keys.agree, { salt: this.roster.salt, epoch, member });
	}
}

async function fault(roster: Roster | null, statement: Statement): Promise<RosterFault | 'none'> {
	try {
		await extend(roster, statement);
		return 'none';
	} catch (error) {
		expect(error).toBeInstanceOf(RosterError);
		return (error as RosterError).fault;
	}
}

/** A statement with a body of any JSON, well signed. */
async function saying(by: DeviceKeys, body: unknown): Promise<Statement> {
	const bytes = utf8(JSON.stringify(body));
	return { body: bytes, signature: await signBytes(by.signKey, bytes) };
}
const json = ({ body }: Statement) => JSON.parse(new TextDecoder().decode(body));

describe('a roster', () => {
	it('[1.4] begins with the device that signs for itself; its workspace is named by the hash of that body', async () => {
		const { roster, statements } = await Chain.begin();
		expect(roster).toMatchObject({
			length: 1,
			epoch: 1,
			workspace: await idOf(statements[0]!.body),
		});
		expect([...roster.members.keys()]).toEqual([anna.id]);
		expect(roster.members.get(anna.id)).toMatchObject({ addedAt: AT, addedBy: anna.id });
	});

	it('[1.5] [1.6] grows by what any member says, and each removal is a new epoch', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.adding(cleo, ben));
		await chain.take(await chain.removing(anna.id, cleo));
		expect([...chain.roster.members.keys()]).toEqual([ben.id, cleo.id]);
		expect(chain.roster).toMatchObject({ length: 4, epoch: 2, removed: new Set([anna.id]) });
		expect(await rosterOf(chain.statements)).toEqual(chain.roster);
	});

	it('[1.6] lets a member remove itself', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.removing(anna.id, anna));
		expect([...chain.roster.members.keys()]).toEqual([ben.id]);
	});

	it('[1.8] carries the secret of each epoch to each of its members, and to no other', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.removing(anna.id, ben));
		await chain.take(await chain.adding(cleo, ben));
		const { salt } = chain.roster;
		for (const [device, epochs] of [
			[anna, [1]],
			[ben, [1, 2]],
			[cleo, [1, 2]],
		] as const) {
			const wraps = wrapsFor(device.id, chain.statements);
			expect([...wraps.keys()].sort()).toEqual(epochs);
			for (const [epoch, wrap] of wraps) {
				const scope = { salt, epoch, member: device.id };
				expect(await unwrapSecret(wrap, device.agreeKey, scope)).toEqual(chain.secrets[epoch - 1]);
			}
		}
	});

	it('[1.8] wraps bind salt, epoch and member: none opens as another', async () => {
		const scope = { salt: newSalt(), epoch: 1, member: anna.id };
		const wrap = await wrapSecret(newSecret(), anna.keys.agree, scope);
		const others = [{ salt: newSalt() }, { epoch: 2 }, { member: ben.id }];
		for (const other of others)
			await expect(unwrapSecret(wrap, anna.agreeKey, { ...scope, ...other })).rejects.toThrow();
		await expect(unwrapSecret(wrap, ben.agreeKey, scope)).rejects.toThrow();
		await expect(unwrapSecret('AAAA', anna.agreeKey, scope)).rejects.toThrow();
	});

	it('[1.7] ignores what it does not know in a body', async () => {
		const chain = await Chain.begin();
		const body = { ...json(await chain.adding(ben)), colour: 'blue' };
		await chain.take(await saying(anna, body));
		expect(chain.roster.members.has(ben.id)).toBe(true);
	});

	it('[1.2] is read as it was written', async () => {
		const { statements } = await Chain.begin();
		expect(decodeStatement(encodeStatement(statements[0]!))).toEqual(statements[0]);
	});
});

describe('a statement does not count', () => {
	it('[1.7] with any one bit changed, of body or signature', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		const next = encodeStatement(await chain.adding(cleo, ben));
		await fc.assert(
			fc.asyncProperty(fc.nat(next.length * 8 - 1), async (bit) => {
				const changed = next.slice();
				changed[bit >> 3]! ^= 1 << (bit & 7);
				let statement: Statement;
				try {
					statement = decodeStatement(changed);
				} catch {
					return;
				}
				expect(await fault(chain.roster, statement)).not.toBe('none');
			}),
			{ numRuns: 60 },
		);
	});

	it('[1.7] in any other order, twice, or with one left out', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.adding(cleo, ben));
		await chain.take(await chain.removing(ben.id, cleo));
		const all = chain.statements;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.constantFrom(...all), { maxLength: 5 }), async (some) => {
				const inOrder = some.every((statement, index) => statement === all[index]);
				if (inOrder) expect((await rosterOf(some))?.length ?? 0).toBe(some.length);
				else await expect(rosterOf(some)).rejects.toThrow(RosterError);
			}),
			{ numRuns: 40 },
		);
	});

	it('[1.7] signed by another member, by somebody unknown, or by one that was removed', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		const body = json(await chain.adding(cleo));
		expect(await fault(chain.roster, await saying(ben, body))).toBe('signature');
		expect(await fault(chain.roster, await chain.adding(cleo, cleo))).toBe('signer');
		await chain.take(await chain.removing(ben.id));
		expect(await fault(chain.roster, await chain.adding(cleo, ben))).toBe('signer');
	});

	it('[1.5] that adds who is there, or was', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		expect(await fault(chain.roster, await chain.adding(ben))).toBe('device');
		await chain.take(await chain.removing(ben.id));
		expect(await fault(chain.roster, await chain.adding(ben))).toBe('device');
	});

	it('[1.6] that removes the last member, or nobody', async () => {
		const chain = await Chain.begin();
		expect(await fault(chain.roster, await chain.removing(anna.id))).toBe('device');
		expect(await fault(chain.roster, await chain.removing(ben.id))).toBe('device');
	});

	it.each([
		['one epoch too few', (keys: Record<string, unknown>) => delete keys['2']],
		['one too many', (keys: Record<string, unknown>) => (keys['3'] = keys['2'])],
		['nobody', (keys: Record<string, unknown>) => (keys['2'] = {})],
	])('[1.5] that wraps %s', async (_, change) => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.removing(ben.id));
		const body = json(await chain.adding(cleo));
		change(body.keys);
		expect(await fault(chain.roster, await saying(anna, body))).toBe('keys');
	});

	it('[1.6] that wraps the new epoch for the one removed, or not for one that stays', async () => {
		const chain = await Chain.begin();
		await chain.take(await chain.adding(ben));
		await chain.take(await chain.adding(cleo));
		const body = json(await chain.removing(ben.id));
		const { [cleo.id]: left, ...fewer } = body.keys['2'];
		for (const wraps of [fewer, { ...body.keys['2'], [ben.id]: left }])
			expect(await fault(chain.roster, await saying(anna, { ...body, keys: { 2: wraps } }))).toBe(
				'keys',
			);
	});

	it('[1.3] of another version or op: an update is needed', async () => {
		const chain = await Chain.begin();
		const body = json(await chain.adding(ben));
		expect(await fault(chain.roster, await saying(anna, { v: 2 }))).toBe('update');
		expect(await fault(chain.roster, await saying(anna, { ...body, op: 'rename' }))).toBe('update');
	});

	it('whose keys are no points of the curve', async () => {
		const chain = await Chain.begin();
		const body = json(await chain.adding(ben));
		const agree = toBase64Url(new Uint8Array(65).fill(4));
		const off = { ...body, device: { ...body.device, agree } };
		expect(await fault(chain.roster, await saying(anna, off))).toBe('malformed');
	});

	it('[1.4] that begins in the name of another device, or where there is a roster', async () => {
		const chain = await Chain.begin();
		const body = json(chain.statements[0]!);
		expect(await fault(null, await saying(ben, { ...body, by: ben.id }))).toBe('signer');
		expect(await fault(null, await chain.adding(ben))).toBe('moved');
		expect(await fault(chain.roster, chain.statements[0]!)).toBe('moved');
	});

	it('[1.7] longer than 65,536 bytes', async () => {
		const chain = await Chain.begin();
		const body = { ...json(await chain.adding(ben)), more: 'x'.repeat(65_000) };
		expect(await fault(chain.roster, await saying(anna, body))).toBe('malformed');
	});

	it('of any JSON: the named error and no other', async () => {
		const value = fc.oneof(
			fc.jsonValue(),
			fc.constantFrom('begin', 'add', 1, null, anna.id, anna.keys),
		);
		const body = fc.dictionary(
			fc.constantFrom('v', 'op', 'at', 'prev', 'by', 'device', 'keys', 'salt'),
			value,
		);
		await fc.assert(
			fc.asyncProperty(body, async (any) => {
				const statement = await saying(anna, { v: 1, ...any });
				expect(await fault(null, statement)).not.toBe('none');
			}),
		);
	});
});

describe('a body', () => {
	it('is not looked for in the prototypes of objects', () => {
		expect(() => decodeBody(utf8('{"__proto__":{"v":1,"op":"begin"}}'))).toThrow('no body');
	});
});
