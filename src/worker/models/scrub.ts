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
	let clean = text;
	for (const form of formsOf(secret)) clean = hideRuns(clean, form);
	return hideSpread(clean, secret);
}

/** The key as it stands in what a server may have made of it. */
function formsOf(secret: string): Set<string> {
	const bytes = [...new TextEncoder().encode(secret)];
	const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
	const percent = hex.replace(/../g, '%$&');
	const forms = [
		secret,
		[...secret].reverse().join(''),
		encodeURIComponent(secret),
		...[hex, percent].flatMap((form) => [form, form.toUpperCase()]),
		...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
	];
	return new Set(forms.filter((form) => form.length >= Math.min(piece, secret.length)));
}

/**
 * What base64 makes of the key where it begins `offset` bytes after a group of three; without the ends, which
 * depend on its neighbours. In both alphabets.
 */
function base64At(bytes: readonly number[], offset: number): string[] {
	const whole = bytes.slice((3 - offset) % 3);
	const text = btoa(String.fromCharCode(...whole.slice(0, whole.length - (whole.length % 3))));
	return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
}

/** The whole key with the same separator after every character, or after every few: "s-k-a-n-t". */
function hideSpread(text: string, secret: string): string {
	const letters = secret.replace(/[^A-Za-z0-9]/g, '');
	if (letters.length < 2 * piece) return text;
	const spread = new RegExp([...letters].join('[^A-Za-z0-9]{0,3}'), 'gi');
	return text.replace(spread, hidden);
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
