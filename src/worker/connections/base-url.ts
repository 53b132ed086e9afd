import { ModelError } from '../models/model-port';
import { whereabouts } from '../models/whereabouts';

/**
 * The address of an endpoint as a connection keeps it: scheme, host and path, without what the API adds itself
 * (`/v1`, `/v1/messages`), without a trailing slash. People paste all of these.
 *
 * Throws {@link ModelError} (`bad-address`) for what can't be an endpoint.
 */
export function normalBaseUrl(written: string): string {
	const text = written.trim();
	if (!text) throw badAddress('The address is missing.');
	const url = parsed(text);
	if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
		throw badAddress(`“${text.slice(0, 80)}” is not the address of an endpoint.`);
	if (url.username || url.password)
		throw badAddress(
			'An address must not hold a name or a password. Put the key into its own field.',
		);
	const path = url.pathname
		.replace(/\/+$/, '')
		.replace(/\/(?:v1\/)?messages$/, '')
		.replace(/\/v1$/, '')
		.replace(/\/+$/, '');
	return `${url.origin}${path}`;
}

function parsed(text: string): URL | null {
	try {
		// `localhost:11434` would be read as a scheme of its own.
		if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return new URL(text);
		const local = whereabouts(`http://${text}`) !== 'internet';
		return new URL(`${local ? 'http' : 'https'}://${text}`);
	} catch {
		return null;
	}
}

function badAddress(message: string): ModelError {
	return new ModelError(
		{ code: 'bad-address', message, advice: 'Write it like http://localhost:11434.' },
		false,
	);
}
