import { toBase64Url } from './base64url';
import { MalformedError, randomBytes, sha256 } from './bytes';
import {
	deviceIdOf,
	importAgreeKey,
	importSignKey,
	signBytes,
	verifyBytes,
	type PublicKeys,
} from './device';
import { idOf } from './ids';
import { ROSTER_STATEMENTS, STATEMENT_BYTES } from './limits';
import {
	decodeBody,
	encodeBody,
	encodeStatement,
	SALT_BYTES,
	UpdateNeededError,
	type Body,
	type MemberKind,
	type Statement,
	type Wraps,
} from './statement';

export interface Member {
	readonly id: string;
	readonly keys: PublicKeys;
	readonly kind: MemberKind;
	/** Epoch milliseconds, as its statement says. */
	readonly addedAt: number;
	/** Id of the member that added it; its own for the first. */
	readonly addedBy: string;
}

/** Who belongs to a workspace, by a chain of statements that was checked. Never changed, only extended. */
export interface Roster {
	/** The workspace's id [1.4]. */
	readonly workspace: string;
	readonly salt: string;
	/** How many statements. */
	readonly length: number;
	/** `b64u` hash of the last body: what the next statement's `prev` has to be. */
	readonly head: string;
	readonly members: ReadonlyMap<string, Member>;
	/** Ids that were on the roster and are no longer: they don't come back [1.5]. */
	readonly removed: ReadonlySet<string>;
	/** The current epoch, the highest. */
	readonly epoch: number;
}

/**
 * Why a statement doesn't count. `malformed`: it can't be read; `update`: it is of a newer version [1.3]; `moved`:
 * it doesn't follow the last one [1.7]; `signer`, `signature`: not a member, not by it; `device`: it is (not) on the
 * roster, or the last; `keys`: not the wraps that there have to be; `full`: no more statements fit.
 */
export type RosterFault =
	'malformed' | 'update' | 'moved' | 'signer' | 'signature' | 'device' | 'keys' | 'full';

/** The one error of extending a roster. */
export class RosterError extends Error {
	override name = 'RosterError';
	constructor(readonly fault: RosterFault) {
		super(`The statement does not count: ${fault}.`);
	}
}

/**
 * The roster with one more statement, checked in full [1.7].
 * @param roster null before the first
 * @throws {RosterError} and nothing else; `roster` stands as it was
 */
export async function extend(roster: Roster | null, statement: Statement): Promise<Roster> {
	const body = read(statement);
	if (roster === null) return begun(body, statement);
	if (body.op === 'begin' || body.prev !== roster.head) throw new RosterError('moved');
	if (roster.length >= ROSTER_STATEMENTS) throw new RosterError('full');
	const by = roster.members.get(body.by);
	if (!by) throw new RosterError('signer');
	const next =
		body.op === 'add' ? added(roster, body, await checkedId(body.device)) : removed(roster, body);
	await checkSignature(by.keys.sign, statement);
	return { ...next, length: roster.length + 1, head: await headOf(statement) };
}

/** @throws {RosterError} at the first statement that doesn't count */
export async function rosterOf(statements: readonly Statement[]): Promise<Roster | null> {
	let roster: Roster | null = null;
	for (const statement of statements) roster = await extend(roster, statement);
	return roster;
}

export const newSalt = (): string => toBase64Url(randomBytes(SALT_BYTES));

/** Who signs a statement: a device's id, and its private signing key. */
export interface Signer {
	readonly id: string;
	readonly signKey: CryptoKey;
}

/** @param wrap of the first epoch's secret, for the signer itself */
export const beginStatement = (
	signer: Signer & { readonly keys: PublicKeys },
	{ at, salt, wrap }: { at: number; salt: string; wrap: string },
): Promise<Statement> => {
	const wraps = new Map([[1, new Map([[signer.id, wrap]])]]);
	const { id: by, keys: device } = signer;
	return signed(signer, { op: 'begin', at, prev: null, by, device, salt, wraps });
};

/** @param wraps epoch → wrap for the new one, of every epoch there is */
export async function addStatement(
	signer: Signer,
	roster: Roster,
	more: { at: number; device: PublicKeys; kind: MemberKind; wraps: ReadonlyMap<number, string> },
): Promise<Statement> {
	const id = await deviceIdOf(more.device.sign);
	const wraps: Wraps = new Map(
		[...more.wraps].map(([epoch, wrap]) => [epoch, new Map([[id, wrap]])]),
	);
	return signed(signer, { ...more, op: 'add', prev: roster.head, by: signer.id, wraps });
}

/** @param wraps member → wrap of the new epoch's secret, for everyone who remains */
export const removeStatement = (
	signer: Signer,
	roster: Roster,
	more: { at: number; device: string; wraps: ReadonlyMap<string, string> },
): Promise<Statement> => {
	const wraps = new Map([[roster.epoch + 1, more.wraps]]);
	return signed(signer, { ...more, op: 'remove', prev: roster.head, by: signer.id, wraps });
};

async function signed({ signKey }: Signer, content: Body): Promise<Statement> {
	const body = encodeBody(content);
	return { body, signature: await signBytes(signKey, body) };
}

function read(statement: Statement): Body {
	if (encodeStatement(statement).length > STATEMENT_BYTES) throw new RosterError('malformed');
	try {
		return decodeBody(statement.body);
	} catch (error) {
		throw faultOf(error);
	}
}

async function begun(body: Body, statement: Statement): Promise<Roster> {
	if (body.op !== 'begin') throw new RosterError('moved');
	const id = await checkedId(body.device);
	if (id !== body.by) throw new RosterError('signer');
	if (!holdsExactly(body.wraps, [1], [id])) throw new RosterError('keys');
	await checkSignature(body.device.sign, statement);
	return {
		workspace: await idOf(statement.body),
		salt: body.salt,
		length: 1,
		head: await headOf(statement),
		members: new Map([[id, memberOf(id, body, 'device')]]),
		removed: new Set(),
		epoch: 1,
	};
}

function added(roster: Roster, body: Extract<Body, { op: 'add' }>, id: string): Roster {
	if (roster.members.has(id) || roster.removed.has(id)) throw new RosterError('device');
	const epochs = Array.from({ length: roster.epoch }, (_, index) => index + 1);
	if (!holdsExactly(body.wraps, epochs, [id])) throw new RosterError('keys');
	return { ...roster, members: new Map(roster.members).set(id, memberOf(id, body, body.kind)) };
}

function removed(roster: Roster, body: Extract<Body, { op: 'remove' }>): Roster {
	const members = new Map(roster.members);
	if (!members.delete(body.device) || members.size === 0) throw new RosterError('device');
	const epoch = roster.epoch + 1;
	if (!holdsExactly(body.wraps, [epoch], [...members.keys()])) throw new RosterError('keys');
	return { ...roster, members, epoch, removed: new Set(roster.removed).add(body.device) };
}

const memberOf = (
	id: string,
	body: Extract<Body, { op: 'begin' | 'add' }>,
	kind: MemberKind,
): Member => ({ id, keys: body.device, kind, addedAt: body.at, addedBy: body.by });

/** Whether there are wraps of just these epochs, each for just these members. */
function holdsExactly(
	wraps: Wraps,
	epochs: readonly number[],
	members: readonly string[],
): boolean {
	if (wraps.size !== epochs.length) return false;
	return epochs.every((epoch) => {
		const held = wraps.get(epoch);
		return held?.size === members.length && members.every((member) => held.has(member));
	});
}

/** The id of a device both of whose keys are points of the curve. */
async function checkedId({ sign, agree }: PublicKeys): Promise<string> {
	try {
		await Promise.all([importSignKey(sign), importAgreeKey(agree)]);
		return await deviceIdOf(sign);
	} catch (error) {
		throw faultOf(error);
	}
}

async function checkSignature(sign: string, { signature, body }: Statement): Promise<void> {
	if (!(await verifyBytes(sign, signature, body))) throw new RosterError('signature');
}

const headOf = async ({ body }: Statement): Promise<string> => toBase64Url(await sha256(body));

function faultOf(error: unknown): unknown {
	if (error instanceof UpdateNeededError) return new RosterError('update');
	return error instanceof MalformedError ? new RosterError('malformed') : error;
}
