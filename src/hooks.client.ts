/** The part of the Trusted Types API used here, which TypeScript's DOM library lacks. */
interface TrustedTypeFactory {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

// The policy of the built app takes no plain string for a worker's or service worker's address.
// This one passes what comes from our own origin; there is none for markup or for code.
const { trustedTypes } = window as { trustedTypes?: TrustedTypeFactory };
trustedTypes?.createPolicy('default', {
	createScriptURL(url) {
		if (new URL(url, location.href).origin === location.origin) return url;
		throw new TypeError(`A script of another origin was refused: ${url}`);
	},
});
