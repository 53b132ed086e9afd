/** Import cycles over .ts, .svelte.ts and .svelte alike; run by `npm run lint`. */
module.exports = {
	forbidden: [
		{
			name: 'no-import-cycles',
			comment:
				'Files that import each other are one file. Move what both need into a third below them.',
			severity: 'error',
			// A component may draw itself again: a tree is made of trees.
			from: { path: '^(.+)$' },
			to: { circular: true, pathNot: '^$1$' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(node_modules|build|\\.svelte-kit)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		moduleSystems: ['es6'],
		webpackConfig: { fileName: `${__dirname}/cycles.resolve.cjs` },
	},
};
