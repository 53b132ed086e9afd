/**
 * Keeps keys out of everything a person may read, copy or export. Servers echo keys in their errors, whole, in
 * part, escaped or masked, so what comes from outside is searched for any piece of the key in use and for
 * whatever looks like a key.
 */

/** Shortest run of characters of a key that counts as a piece of it. */
const piece = 6;
const hidden = '[hidden]';

const keyLike = [
	// With a digit or a mask in it: `sk-learn-like` words stay.
	/\b(?:sk|pk|rk|gsk|xai|hf|r8)[-_](?=[\w.-]*[\d*…])[\w\-*.…]{6,}/gi,
	/\bBearer\s+[^\s"',;“”]{4,}/gi,
	/\bx-api-key["']?\s*[:=]\s*["']?[^\s"',;“”]{4,}/gi,
];

/** `text` without any piece of `secrets` and without what looks like a key. */
export function scrub(text: string, secrets: readonly (string | null | undefined)[]): string {
	let clean = text;
	for (const secret of secrets) if (secret) clean = hidePieces(clean, secret);
	for (const pattern of keyLike) clean = clean.replace(pattern, hidden);
	return clean;
}

function hidePieces(text: string, secret: string): string {
	const forms = new Set([secret, encodeURIComponent(secret), base64(secret)]);
	let clean = text;
	for (const form of forms) if (form) clean = hideRuns(clean, form);
	return clean;
}

function base64(text: string): string {
	try {
		return btoa(text).replace(/=+$/, '');
	} catch {
		// A key beyond Latin-1 has no such form.
		return '';
	}
}

function hideRuns(text: string, secret: string): string {
	const size = Math.min(piece, secret.length);
	const pieces = new Set<string>();
	for (let at = 0; at + size <= secret.length; at++) pieces.add(secret.slice(at, at + size));
	let clean = '';
	let kept = 0;
	for (let at = 0; at + size <= text.length;) {
		if (!pieces.has(text.slice(at, at + size))) {
			at++;
			continue;
		}
		let end = at + size;
		while (end < text.length && pieces.has(text.slice(end - size + 1, end + 1))) end++;
		clean += text.slice(kept, at) + hidden;
		kept = at = end;
	}
	return clean + text.slice(kept);
}
