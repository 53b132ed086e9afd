import { globRegex } from '$lib/domain/regex/glob';
import { linearRegex } from '$lib/domain/regex/linear-regex';
import { clipEnd } from '$lib/domain/tools/clip';
import { searchFiles } from '$lib/domain/tools/file-tools';
import { linesOf } from '$lib/domain/tools/lines';
import type { JsonObject } from '$lib/domain/json';
import { flagOf, numberOf, textOf } from './input';
import type { Tool } from './tool-port';

/** What of a line is searched, and what of it is shown (UTF-16 units). */
const SEARCHED_CHARS = 20_000;
const SHOWN_CHARS = 300;
/** Searching hands the thread back this often, and gives up after this long, ms. */
const SLICE_MS = 25;
const LIMIT_MS = 10_000;

type LineTest = (text: string, from: number, to: number) => boolean;

/**
 * A hostile expression cannot hang the worker: expressions are matched in linear time (no backtracking), lines are
 * searched up to a length, and the search makes room for other work and ends at a time limit.
 */
export const searchFilesTool: Tool = {
	definition: searchFiles,
	run: async (input, { files, signal }) => {
		const glob = globRegex(textOf(input, 'glob') || '**');
		if (!glob.ok) return { content: `The glob is not valid. ${glob.problem}`, isError: true };
		const test = lineTest(input);
		if (typeof test === 'string') return { content: test, isError: true };
		const paths = [...files.keys()].filter((path) => glob.regex.test(path)).sort();
		const found = await search(paths, files, test, numberOf(input, 'max_results', 100), signal);
		if (found.hits.length === 0 && !found.stopped)
			return { content: `No line matches in the ${paths.length} files searched.` };
		return { content: [...found.hits, ...(found.stopped ? [found.stopped] : [])].join('\n') };
	},
};

/** The test of one line, or why there is none. */
function lineTest(input: JsonObject): LineTest | string {
	const query = textOf(input, 'query');
	const ignoreCase = !flagOf(input, 'case_sensitive');
	if (flagOf(input, 'regex')) {
		const compiled = linearRegex(query, { ignoreCase });
		if (!compiled.ok) return `The regular expression is not valid. ${compiled.problem}`;
		return (text, from, to) => compiled.regex.test(text, from, to);
	}
	if (/[\r\n]/.test(query))
		return 'The query has more than one line. Lines are searched one by one: give a part of one line.';
	if (!ignoreCase) return (text, from, to) => text.slice(from, to).includes(query);
	const wanted = query.toLowerCase();
	return (text, from, to) => text.slice(from, to).toLowerCase().includes(wanted);
}

async function search(
	paths: readonly string[],
	files: ReadonlyMap<string, string>,
	test: LineTest,
	max: number,
	signal: AbortSignal,
): Promise<{ hits: string[]; stopped?: string }> {
	const hits: string[] = [];
	const began = performance.now();
	let sliceEnd = began + SLICE_MS;
	for (const path of paths) {
		const text = files.get(path) ?? '';
		for (const { number, from, to } of linesOf(text)) {
			if (test(text, from, Math.min(to, from + SEARCHED_CHARS))) {
				if (hits.length === max)
					return { hits, stopped: `[Stopped at ${max} matches. Narrow the query or the glob.]` };
				hits.push(`${path}:${number}: ${clipEnd(text.slice(from, to).trim(), SHOWN_CHARS)}`);
			}
			if (performance.now() < sliceEnd) continue;
			if (performance.now() - began > LIMIT_MS)
				return {
					hits,
					stopped: `[Stopped after ${LIMIT_MS / 1000} s in ${path}, line ${number}.]`,
				};
			await pause();
			signal.throwIfAborted();
			sliceEnd = performance.now() + SLICE_MS;
		}
	}
	return { hits };
}

const pause = () => new Promise((resolve) => setTimeout(resolve));
