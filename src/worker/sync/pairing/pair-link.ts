import { fromBase64Url, toBase64Url } from '$lib/wire/base64url';
import { fromUtf8, MalformedError, sha256, utf8, type Bytes } from '$lib/wire/bytes';
import { isId } from '$lib/wire/ids';

/** What a pairing link says. docs/sync.md [4.1] */
export interface PairLink {
	workspace: string;
	/** 16 random bytes, of which mailbox and key follow. */
	secret: Bytes;
	/** First 16 bytes of the hash of the member's nonce, which is said later. */
	promise: Bytes;
	/** Address of the relay's socket; null: that of the app. */
	relay: string | null;
}

const VERSION = '1';
const BYTES = 16;

export const promiseOf = async (nonce: Uint8Array): Promise<Bytes> =>
	(await sha256(nonce)).slice(0, BYTES);

/** The part of the link behind `#`. */
export function pairFragment({ workspace, secret, promise, relay }: PairLink): string {
	const parts = [VERSION, workspace, toBase64Url(secret), toBase64Url(promise)];
	if (relay !== null) parts.push(toBase64Url(utf8(relay)));
	return parts.join('.');
}

/** Reads a fragment, or a whole link as somebody pasted it. Throws a MalformedError that says what is wrong. */
export function readPairLink(text: string): PairLink {
	const fragment = text.trim().split('#').at(-1) ?? '';
	const [version, workspace = '', secret = '', promise = '', relay] = fragment.split('.');
	if (version !== VERSION)
		throw new MalformedError(
			/^\d+$/.test(version ?? '')
				? 'This link was made by a newer Muster'
				: 'This is no link that adds a device',
		);
	if (!isId(workspace)) throw new MalformedError('The link is not complete');
	try {
		return {
			workspace,
			secret: fromBase64Url(secret, BYTES),
			promise: fromBase64Url(promise, BYTES),
			relay: relay === undefined ? null : addressOf(relay),
		};
	} catch {
		throw new MalformedError('The link is not complete');
	}
}

function addressOf(encoded: string): string {
	const address = fromUtf8(fromBase64Url(encoded));
	if (!/^wss?:$/.test(new URL(address).protocol)) throw new MalformedError('no address of a relay');
	return address;
}
