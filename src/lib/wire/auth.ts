import { toBase64Url } from './base64url';
import { utf8, type Bytes } from './bytes';
import { signBytes, verifyBytes } from './device';

/** What a device signs to be let in [2.3]. */
export interface AuthClaim {
	/** As dialled: see `dialledHost`. */
	readonly host: string;
	readonly workspace: string;
	readonly device: string;
	/** The relay's, of this socket. */
	readonly nonce: Uint8Array;
}

export const authText = ({ host, workspace, device, nonce }: AuthClaim): string =>
	`muster relay 1|${host}|${workspace}|${device}|${toBase64Url(nonce)}`;

/** @param key the device's private signing key */
export const signAuth = (key: CryptoKey, claim: AuthClaim): Promise<Bytes> =>
	signBytes(key, utf8(authText(claim)));

/** @param sign the device's public signing key, `b64u`; false for whatever is wrong */
export const verifyAuth = (
	sign: string,
	claim: AuthClaim,
	signature: Uint8Array,
): Promise<boolean> => verifyBytes(sign, signature, utf8(authText(claim)));

/**
 * The host of an address as it is signed: lower case, with its port unless that is the scheme's own.
 * @param address `ws:`, `wss:`, `http:` or `https:`
 * @throws {TypeError} where it is no address
 */
export const dialledHost = (address: string): string => new URL(address).host.toLowerCase();
