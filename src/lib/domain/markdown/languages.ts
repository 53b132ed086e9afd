export interface Language {
	/** The grammar to colour it with. */
	id: LanguageId;
	label: string;
}

/** Few, as each is kept for offline use: C++ alone would weigh more than all of these. */
export const languageIds = [
	'bash',
	'c',
	'css',
	'diff',
	'docker',
	'go',
	'html',
	'java',
	'json',
	'markdown',
	'python',
	'rust',
	'sql',
	'svelte',
	'toml',
	'tsx',
	'typescript',
	'yaml',
] as const;
export type LanguageId = (typeof languageIds)[number];

/** A near relative's grammar serves where it reads well: TypeScript's for JavaScript, C's for C++. */
const table: [label: string, id: LanguageId, names: string][] = [
	['Shell', 'bash', 'bash sh shell zsh console'],
	['C', 'c', 'c h'],
	['C++', 'c', 'cpp c++ cc hpp'],
	['CSS', 'css', 'css scss'],
	['Diff', 'diff', 'diff patch'],
	['Dockerfile', 'docker', 'dockerfile docker'],
	['Go', 'go', 'go golang'],
	['HTML', 'html', 'html htm vue'],
	['Java', 'java', 'java'],
	['JavaScript', 'typescript', 'javascript js mjs cjs'],
	['JSON', 'json', 'json jsonc json5 jsonl'],
	['JSX', 'tsx', 'jsx'],
	['Markdown', 'markdown', 'markdown md'],
	['Python', 'python', 'python py python3'],
	['Rust', 'rust', 'rust rs'],
	['SQL', 'sql', 'sql postgres postgresql sqlite mysql'],
	['Svelte', 'svelte', 'svelte'],
	['TOML', 'toml', 'toml ini conf'],
	['TSX', 'tsx', 'tsx'],
	['TypeScript', 'typescript', 'typescript ts mts cts'],
	['XML', 'html', 'xml svg'],
	['YAML', 'yaml', 'yaml yml'],
];

const byName = new Map<string, Language>(
	table.flatMap(([label, id, names]) => names.split(' ').map((name) => [name, { id, label }])),
);

/** @param name as written after a fence, or a file's extension; null when it is not known */
export function languageOf(name: string): Language | null {
	return byName.get(name.toLowerCase()) ?? null;
}
