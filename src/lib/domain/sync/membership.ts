/** What a device keeps of the workspace it shares with others. Never leaves the device. */

/** Key pairs of this device; private keys can't be taken out of the browser. docs/sync.md [1.1] */
export interface OwnKeys {
	readonly id: string;
	readonly keys: { readonly sign: string; readonly agree: string };
	readonly signKey: CryptoKey;
	readonly agreeKey: CryptoKey;
}

export interface Membership {
	id: 'this';
	v: 1;
	/** Id of the workspace. docs/sync.md [1.4] */
	workspace: string;
	/** Address of the relay's socket, `wss://host/sync`. */
	relay: string;
	/** What the relay's owner gave for beginning a workspace there; empty for nothing. */
	invite: string;
	device: OwnKeys;
	/** Statements of the roster that were checked here, in their order. */
	roster: Uint8Array<ArrayBuffer>[];
	/** Epoch ms. */
	joinedAt: number;
}

/** A device of the workspace, as it calls itself. */
export interface DeviceCard {
	/** Its id on the roster. */
	id: string;
	/** By which logs name it. */
	device: string;
	name: string;
	/** When it last said that it was there, to the hour, epoch ms; null: it has not. */
	seenAt: number | null;
}
