/**
 * Content security policies of the built app, in the shape `kit.csp.directives` takes.
 * One policy per kind of document, since a worker loaded over the network has its own.
 */

/**
 * The page talks to its own origin alone. Everything that reaches a model goes through the
 * engine worker. `style-src 'self'` holds because Svelte sets `style:` through CSSOM.
 * @satisfies {NonNullable<NonNullable<NonNullable<import('@sveltejs/kit').Config['kit']>['csp']>['directives']>}
 */
export const pagePolicy = {
	'default-src': ['none'],
	'script-src': ['self'],
	'style-src': ['self'],
	'img-src': ['self', 'data:', 'blob:'],
	'font-src': ['self'],
	'connect-src': ['self'],
	'worker-src': ['self'],
	'manifest-src': ['self'],
	'form-action': ['none'],
	'base-uri': ['none'],
	'object-src': ['none'],
	// Strings become markup through Svelte's own templates alone, and script addresses (workers)
	// through the default policy of src/hooks.client.ts, which lets this origin pass.
	'require-trusted-types-for': ['script'],
	'trusted-types': ['svelte-trusted-html', 'default'],
};

/**
 * The engine worker reaches the model endpoints a person set up, which may be anywhere, in plain
 * http too on the own machine or network; its fetch guard narrows this to the origins configured.
 */
export const engineWorkerPolicy = {
	'default-src': ['none'],
	'script-src': ['self'],
	'connect-src': ['self', 'https:', 'http:', 'wss:', 'ws:'],
};

/** Any other worker computes and fetches its own chunks, nothing else. */
export const workerPolicy = { 'default-src': ['none'], 'script-src': ['self'] };

/** The service worker precaches the app's own files. */
export const serviceWorkerPolicy = { ...workerPolicy, 'connect-src': ['self'] };

/**
 * As a header. Keywords get their quotes; hashes are passed ready-made.
 * @param {Record<string, readonly string[]>} policy
 */
export function policyHeader(policy) {
	return Object.entries(policy)
		.map(([name, sources]) => `${name} ${sources.map(quoted).join(' ')}`)
		.join('; ');
}

/** @param {string} source */
function quoted(source) {
	return /^(none|self|script|sha256-.*)$/.test(source) ? `'${source}'` : source;
}
