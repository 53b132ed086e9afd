/** Workspaces of a bench: two devices in two pages, known to the relay. */
import { fromBase64Url, toBase64Url } from '../../../../src/lib/wire/base64url';
import type { Bytes } from '../../../../src/lib/wire/bytes';
import { newDevice, type DeviceKeys } from '../../../../src/lib/wire/device';
import { extend } from '../../../../src/lib/wire/roster';
import { decodeStatement } from '../../../../src/lib/wire/statement';
import { admit, beginWorkspace } from '../../../../src/worker/sync/members/change-members';
import { KnownRoster } from '../../../../src/worker/sync/members/known-roster';
import { RelayConnection } from '../../../../src/worker/sync/relay/relay-connection';

/** The statements of a roster, `b64u`: what one page tells another of a workspace. */
export type Statements = string[];

const deviceKeys = newDevice();

/** Of this page, for as long as it is there. */
export const ownKeys = (): Promise<DeviceKeys> => deviceKeys;

export const bytesOf = (statements: Statements): Bytes[] =>
	statements.map((one) => fromBase64Url(one));

export async function rosterOf(statements: readonly Bytes[]): Promise<KnownRoster> {
	const [first] = statements;
	if (!first) throw new RangeError('A roster has a beginning');
	const { workspace } = await extend(null, decodeStatement(first));
	return KnownRoster.of(workspace, statements);
}

/** A workspace of this page's device and of one with these public keys, known to the relay. */
export async function begin(
	url: string,
	{ invite, other }: { invite: string; other: DeviceKeys['keys'] },
): Promise<Statements> {
	const device = await ownKeys();
	const genesis = await beginWorkspace(device, Date.now());
	const known = await rosterOf([genesis]);
	if (!known.roster) throw new Error('The workspace has not begun');
	const newcomer = { keys: other, kind: 'device', at: Date.now() } as const;
	const second = await admit(device, known.roster, await known.secrets(device), newcomer);
	const line = await lineOf(url, known, device, { statement: genesis, invite });
	const taken = await line.append(second);
	line.stop();
	if (!taken || taken.reason !== '') throw new Error(`Not let in: ${taken?.reason ?? 'cut off'}`);
	return [genesis, second].map(toBase64Url);
}

/** A socket to the relay that is ready. */
export function lineOf(
	url: string,
	roster: KnownRoster,
	device: DeviceKeys,
	begun: { statement: Bytes; invite: string } | null = null,
): Promise<RelayConnection> {
	return new Promise((done, failed) => {
		const line: RelayConnection = new RelayConnection({
			url,
			workspace: roster.workspace,
			device,
			begin: begun,
			changed: (state) => {
				if (state.kind === 'ready') done(line);
				else if (state.kind === 'stopped') failed(new Error(state.closing.reason));
			},
			roster: () => undefined,
			known: () => roster.length,
		});
		line.start();
	});
}
