/**
 * The house: which folder may import which. One row per room, most specific path first;
 * `fences.js` turns it into lint errors, `docs/architecture.md` explains it.
 *
 * `may`: rooms it imports, besides itself. `instead`: what to do when it wants another one.
 * `offPage`: no Svelte and no Kit here (types and rules, storage, workers).
 */
export const rooms = [
	{
		name: 'domain',
		path: 'src/lib/domain/',
		may: [],
		offPage: true,
		instead: 'Rules are pure: take what you need as an argument, and let the caller import it.',
	},
	{
		name: 'wire',
		path: 'src/lib/wire/',
		may: [],
		offPage: true,
		instead: 'Wire formats are a leaf shared with the relay: move what you need in here, or out.',
	},
	{
		name: 'store',
		path: 'src/lib/store/',
		may: ['domain'],
		offPage: true,
		instead:
			'The store knows rows and types: move the rule to src/lib/domain, or call it from above.',
	},
	{
		name: 'state',
		path: 'src/lib/state/',
		may: ['domain', 'store'],
		instead:
			'State serves screens and talks to the worker by messages: share types through src/lib/domain.',
	},
	{
		name: 'components',
		path: 'src/lib/components/',
		may: ['domain', 'state'],
		instead:
			'Components read src/lib/state (which reads the store) and follow rules of src/lib/domain.',
	},
	{
		name: 'routes',
		path: 'src/routes/',
		may: ['components', 'state'],
		instead:
			'A page only picks what to show: put this behind a component or a class of src/lib/state.',
	},
	{
		name: 'worker',
		path: 'src/worker/',
		may: ['domain', 'store', 'wire'],
		offPage: true,
		instead:
			'The worker runs without a page: move what both need to src/lib/domain or src/lib/store.',
	},
	{
		name: 'relay',
		path: 'sync-server/',
		may: ['wire'],
		offPage: true,
		instead: 'The relay runs without the app: it may share src/lib/wire and nothing else.',
	},
	{ name: 'tests', path: 'tests/', may: ['*'], instead: '' },
	{
		name: 'tooling',
		path: 'scripts/',
		may: [],
		instead: 'Scripts run before anything is built: they stand alone.',
	},
];

/** Packages that only one place may import. */
export const packageHomes = [
	{
		package: 'dexie',
		home: 'src/lib/store/',
		instead: 'Add a query or a command to src/lib/store and call that.',
	},
	{
		package: '@anthropic-ai/sdk',
		home: 'src/worker/models/',
		instead: 'Go through the model port of src/worker/models.',
	},
	{
		package: 'classic-level',
		home: 'sync-server/store/',
		instead: 'Go through the store port of sync-server/store.',
	},
	{
		package: 'ws',
		home: 'sync-server/sockets/',
		instead: 'Sockets of the relay stand in sync-server/sockets; a browser has its own.',
	},
];

/** Packages of the page, closed to rooms that are `offPage`. */
export const pagePackages = ['svelte', '@sveltejs/kit', '$app', '$env'];

/** Folder of src/lib/components that every subject may use. */
export const sharedComponents = 'shared';
