const BULLETS = 20;
/** Shorter texts are no keys: showing their ends would show most of them. */
const LEAST = 20;

/** A key as it may be shown: what kind it is and its last four characters. */
export function maskKey(key: string): string {
	if (key.length < LEAST) return '•'.repeat(key.length);
	const kind = /^[a-z]{2,4}-(?:[a-z]{2,5}\d{0,2}-){0,2}/i.exec(key)?.[0] ?? '';
	return `${kind}${'•'.repeat(BULLETS)}${key.slice(-4)}`;
}

/** What a key seems to be, going by how it begins. */
export function keyKind(key: string): 'anthropic' | 'openrouter' | 'openai' | 'unknown' {
	if (key.startsWith('sk-ant-')) return 'anthropic';
	if (key.startsWith('sk-or-')) return 'openrouter';
	if (/^sk-(proj|svcacct)-/.test(key)) return 'openai';
	return 'unknown';
}
