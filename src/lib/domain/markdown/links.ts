import type { LinkTarget } from './ast';

const schemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address of a link, or null when it must stay text: another scheme (javascript:, data:, …),
 * a relative address (there is nothing to be relative to), or a login hidden before the host.
 */
export function linkTarget(address: string): LinkTarget | null {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return null;
	}
	if (!schemes.has(url.protocol) || url.username || url.password) return null;
	const host = url.protocol === 'mailto:' ? decoded(url.pathname) : url.host;
	return host ? { href: url.href, host } : null;
}

/** What to print after a link: its host, unless the link's own text begins with that host. */
export function linkNote(target: LinkTarget, text: string): string | null {
	const shown = text
		.trim()
		.toLowerCase()
		.replace(/^(?:https?:\/\/|mailto:)/, '');
	const host = target.host.toLowerCase();
	return [host, host.replace(/^www\./, '')].some((name) => startsAsHost(shown, name))
		? null
		: target.host;
}

/** `example.com` and `example.com/a` show the host; `example.com.evil.net` does not. */
function startsAsHost(text: string, host: string): boolean {
	return text.startsWith(host) && /^(?:$|[/?#])/.test(text.slice(host.length));
}

function decoded(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}
