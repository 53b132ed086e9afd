import { fromBase64Url, toBase64Url } from './base64url';
import { sha256 } from './bytes';

const ID_BYTES = 16;
const room = /^[A-Za-z0-9_-]{1,64}$/;

/** The name of a room on the relay [2.8]. */
export const isRoom = (text: string): boolean => room.test(text);

/** Of a workspace, a device or a mailbox: 16 bytes in base64url, 22 characters. */
export function isId(text: string): boolean {
	if (text.length !== 22) return false;
	try {
		fromBase64Url(text, ID_BYTES);
		return true;
	} catch {
		return false;
	}
}

/** `b64u` of the first 16 bytes of the hash: of a signing key a device's id [1.1], of the first body a workspace's [1.4]. */
export const idOf = async (bytes: Uint8Array): Promise<string> =>
	toBase64Url((await sha256(bytes)).subarray(0, ID_BYTES));
