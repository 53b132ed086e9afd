/** How far two devices are with letting one of them in. docs/sync.md §4 */

/** Why a pairing came to nothing. */
export type PairingFault =
	/** The ten minutes are over, or the other one went away. */
	| 'over'
	/** The relay was lost. */
	| 'cut'
	/** Somebody said what no device would. */
	| 'foreign'
	/** The person refused. */
	| 'refused'
	/** The relay did not take the new device. */
	| 'not-taken';

/** The side that is in already. */
export type MemberPairingState =
	| { is: 'opening' }
	/** Anybody with the link may come, until then, epoch ms. */
	| { is: 'waiting'; fragment: string; until: number }
	/** A device is there: does it show the same code? */
	| { is: 'comparing'; code: string; name: string }
	| { is: 'adding' }
	| { is: 'added'; device: string; name: string }
	| { is: 'ended'; why: PairingFault };

/** Why a device could not join. */
export type JoinFault =
	/** The link is older than ten minutes, or the other device went away. */
	| 'over'
	/** Somebody has used the link. */
	| 'used'
	/** The relay was not reached, or was lost. */
	| 'cut'
	/** Somebody said what the device that made the link would not. */
	| 'foreign'
	/** The person refused on the other device. */
	| 'refused'
	/** The relay, or this app, is too old. */
	| 'update-needed';

/** The side that wants to come in. */
export type GuestPairingState =
	| { is: 'joining' }
	/** Does the other device show the same code? */
	| { is: 'comparing'; code: string }
	| { is: 'joined'; workspaceName: string }
	| { is: 'ended'; why: JoinFault };

/** Somebody who belongs to the workspace. */
export interface MemberInfo {
	/** Id on the roster. */
	id: string;
	kind: 'device' | 'recovery';
	/** Null: it has not said yet what it is called. */
	name: string | null;
	/** Epoch ms. */
	addedAt: number;
	/** When it last said that it was there, to the hour, epoch ms; null: not known. */
	seenAt: number | null;
	isThis: boolean;
}
