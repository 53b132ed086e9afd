/** @param {string} name @param {string} url */
const shortcut = (name, url) => ({
	name,
	url,
	icons: [{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' }],
});

/**
 * The web app manifest. Colours are `--canvas` of the light theme as sRGB; the page's own
 * `theme-color` follows the theme.
 * @satisfies {Partial<import('vite-plugin-pwa').ManifestOptions>}
 */
export const manifest = {
	id: '/',
	name: 'Muster',
	short_name: 'Muster',
	description:
		'The history and control room of your AI agent runs, on your own device, online or not.',
	lang: 'en-GB',
	dir: 'ltr',
	start_url: '/',
	scope: '/',
	display: 'standalone',
	background_color: '#f4f6f8',
	theme_color: '#f4f6f8',
	categories: ['productivity', 'developer'],
	icons: [
		{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
		{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
		{ src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
		{ src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
	],
	shortcuts: [
		shortcut('New run', '/runs?new=1'),
		shortcut('Agent Runs', '/runs'),
		shortcut('Agents', '/agents'),
		shortcut('Settings', '/settings'),
	],
};
