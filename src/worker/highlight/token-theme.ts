import type { ThemeRegistrationRaw } from 'shiki/core';
import { tokenClasses } from '$lib/domain/markdown/highlight';

/**
 * A theme whose colours are indices into `tokenClasses`, written as colours: the page turns them
 * into class names, as its content policy allows no style attributes.
 */
const colourOf = (name: (typeof tokenClasses)[number]) => `#00000${tokenClasses.indexOf(name)}`;

export function classIndex(colour: string | undefined): number {
	const index = Number(colour?.at(-1) ?? 0);
	return index < tokenClasses.length ? index : 0;
}

const scopes: [name: (typeof tokenClasses)[number], scopes: string[]][] = [
	['t-faint', ['comment', 'punctuation.definition.comment', 'markup.quote', 'meta.diff.header']],
	[
		't-quiet',
		['keyword', 'storage', 'string', 'punctuation.definition.string', 'markup.inline.raw'],
	],
	['', ['keyword.operator', 'string variable', 'meta.template.expression']],
	[
		't-name',
		[
			'entity.name.function',
			'support.function',
			'meta.function-call.generic',
			'entity.name.tag',
			'support.type.property-name',
			'entity.name.type.class',
			'entity.name.section',
			'markup.heading',
			'markup.inserted',
		],
	],
];

export const tokenTheme: ThemeRegistrationRaw = {
	name: 'token-classes',
	type: 'light',
	fg: colourOf(''),
	bg: '#ffffff',
	settings: [
		{ settings: { foreground: colourOf(''), background: '#ffffff' } },
		...scopes.map(([name, scope]) => ({ scope, settings: { foreground: colourOf(name) } })),
	],
};
