import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { fences } from './scripts/lint/fences.js';
import svelteConfig from './svelte.config.js';

const typed = ['src/**/*.ts', 'src/**/*.svelte', 'tests/**/*.ts', 'sync-server/**/*.ts', '*.ts'];

export default ts.config(
	{
		ignores: [
			'node_modules/',
			'.svelte-kit/',
			'build/',
			'build-relay/',
			'coverage/',
			'test-results/',
			'playwright-report/',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		plugins: { muster: { rules: { fences } } },
		rules: {
			'muster/fences': 'error',
			// TypeScript already knows every name, of the page and of workers alike.
			'no-undef': 'off',
			'no-eval': 'error',
			'no-implied-eval': 'error',
			'no-new-func': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
			],
		},
	},
	{
		files: typed,
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': [
				'error',
				{ checksVoidReturn: { attributes: false, arguments: false, properties: false } },
			],
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
		},
	},
	{
		// Classes of state keep plain maps and publish them whole, through `$state.raw`.
		files: ['src/lib/state/**'],
		rules: { 'svelte/prefer-svelte-reactivity': 'off' },
	},
	{
		files: ['src/**/*.svelte'],
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/no-inline-styles': ['error', { allowTransitions: false }],
			'svelte/no-target-blank': 'error',
			// Links lead into the app's own routes; the base path is always the root.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['scripts/**/*.js', 'scripts/**/*.mjs', 'tests/**/*.mjs'],
		rules: { '@typescript-eslint/no-explicit-any': 'off' },
	},
	{
		// Playwright reads which fixtures a fixture needs from its pattern, empty ones too.
		files: ['tests/e2e/**'],
		rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
	},
	{ files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
