import type { Reroute } from '@sveltejs/kit';

/** Kit stops at an address it can't decode and shows nothing; this one has no page, and says so. */
export const reroute: Reroute = ({ url }) => (isWhole(url.pathname) ? undefined : '/not-whole');

function isWhole(pathname: string): boolean {
	try {
		// What comes of it is looked at: a call whose value nobody wants is taken out of the build.
		return decodeURIComponent(pathname).length > 0;
	} catch {
		return false;
	}
}
