import { dirname, relative, resolve, sep } from 'node:path';
import { packageHomes, pagePackages, rooms, sharedComponents } from './rooms.js';

const unitTest = /\.(test|test-suite)\.ts$/;
const notCode = /\.(css|svg|png|woff2)(\?.*)?$/;

/** @param {string} file path from the root of the repository */
const roomOf = (file) => rooms.find((room) => `${file}/`.startsWith(room.path));

/** @param {string} file a path in src/lib/components */
const subjectOf = (file) => file.split('/')[3] ?? '';

/**
 * @param {string} specifier as written in the import
 * @param {string} file importing file, from the root
 * @returns {string | null} path from the root, or null for a package
 */
function target(specifier, file) {
	if (specifier === '$lib' || specifier.startsWith('$lib/'))
		return resolveFromRoot(`src/lib/${specifier.slice(5)}`);
	if (specifier.startsWith('.')) return resolveFromRoot(`${dirname(file)}/${specifier}`);
	if (/^\/?src\//.test(specifier)) return specifier.replace(/^\//, '');
	return null;
}

/** @param {string} path */
const resolveFromRoot = (path) => relative('/', resolve('/', path)).split(sep).join('/');

/**
 * @param {string} specifier
 * @param {string} name
 */
const isPackage = (specifier, name) => specifier === name || specifier.startsWith(`${name}/`);

/**
 * Why this import may not stand, in words that say what to do instead.
 * @param {string} specifier
 * @param {string} file importing file, from the root
 * @returns {string | null}
 */
export function trespass(specifier, file) {
	const room = roomOf(file);
	if (!room || room.name === 'tests') return null;
	const goal = target(specifier, file);
	return goal === null ? packageTrespass(specifier, file, room) : roomTrespass(goal, file, room);
}

/**
 * @param {string} specifier
 * @param {string} file
 * @param {(typeof rooms)[number]} room
 */
function packageTrespass(specifier, file, room) {
	const home = packageHomes.find((entry) => isPackage(specifier, entry.package));
	if (home && !file.startsWith(home.home))
		return `'${specifier}' is imported in ${home.home} only. ${home.instead}`;
	if (
		room.offPage &&
		!unitTest.test(file) &&
		pagePackages.some((name) => isPackage(specifier, name))
	)
		return `${room.path} runs without a page, and '${specifier}' belongs to one. ${room.instead}`;
	return null;
}

/**
 * @param {string} goal
 * @param {string} file
 * @param {(typeof rooms)[number]} room
 */
function roomTrespass(goal, file, room) {
	const there = roomOf(goal);
	if (notCode.test(goal)) return null;
	if (there === room) return room.name === 'components' ? subjectTrespass(goal, file) : null;
	if (there?.name === 'tests' && unitTest.test(file)) return null;
	if (there && room.may.includes(there.name)) return null;
	if (!there && !goal.startsWith('src/')) return null;
	const may = room.may.length ? room.may.join(', ') : 'nothing of ours';
	return `${room.path} may import ${may}, not ${there?.path ?? goal}. ${room.instead}`;
}

/**
 * @param {string} goal
 * @param {string} file
 */
function subjectTrespass(goal, file) {
	const [own, other] = [subjectOf(file), subjectOf(goal)];
	if (own === other || other === sharedComponents) return null;
	if (own === sharedComponents)
		return `Shared components know no subject, and '${other}' is one. Pass it in as a snippet or a prop.`;
	return `Subjects don't import each other ('${own}' wants '${other}'). Move it to src/lib/components/${sharedComponents}, or let the page put both together.`;
}

/** ESLint rule over every way to import: static, re-exported, dynamic, and as a type. */
export const fences = {
	meta: { type: 'problem', schema: [], messages: { trespass: '{{why}}' } },
	/** @param {import('eslint').Rule.RuleContext} context */
	create(context) {
		const file = relative(context.cwd, context.filename).split(sep).join('/');
		/** @param {{ source?: any }} node */
		const check = ({ source }) => {
			const literal = source?.type === 'TSLiteralType' ? source.literal : source;
			if (typeof literal?.value !== 'string') return;
			const why = trespass(literal.value, file);
			if (why) context.report({ node: literal, messageId: 'trespass', data: { why } });
		};
		return {
			ImportDeclaration: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			ImportExpression: check,
			TSImportType: check,
		};
	},
};
