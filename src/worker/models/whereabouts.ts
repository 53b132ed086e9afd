/** Where an endpoint is, seen from this device: it decides what can be wrong and what to advise. */
export type Whereabouts = 'device' | 'local-network' | 'internet';

export function whereabouts(url: string): Whereabouts {
	const host = new URL(url).hostname.replace(/^\[|\]$/g, '').toLowerCase();
	if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return 'device';
	if (/^127\./.test(host)) return 'device';
	if (/^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host)) return 'local-network';
	if (/^(fe80|f[cd][0-9a-f]{2}):/.test(host) || host.endsWith('.local')) return 'local-network';
	// A name without a dot is known to the local network only.
	return host.includes('.') || host.includes(':') ? 'internet' : 'local-network';
}
