/** Marks that a reader looks past: Latin, Greek and Cyrillic accents, Hebrew and Arabic points. */
const marks =
	/[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;

/**
 * Text as it is compared: compatible forms made one (NFKC), without case and accents. Folding twice changes
 * nothing. Letters of scripts in which a mark is a letter of its own keep it.
 */
export function fold(text: string): string {
	if (isAscii(text)) return text.toLowerCase();
	return text
		.normalize('NFKD')
		.replace(marks, '')
		.toUpperCase()
		.toLowerCase()
		.normalize('NFKD')
		.replace(marks, '')
		.replaceAll('ς', 'σ')
		.normalize('NFKC');
}

function isAscii(text: string): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
	return true;
}
