/**
 * A long answer of the kind agents write, the same on every run: sections of prose with emphasis,
 * code and links, lists (some nested, some loose), tables, quotes and fences.
 * @param {number} count tokens
 * @returns {string[]} about four characters each, as models cut text
 */
export function answerTokens(count) {
	/** @type {string[]} */
	const tokens = [];
	for (let section = 1; tokens.length < count; section++) tokens.push(...cut(sectionText(section)));
	return tokens.slice(0, count);
}

/** One endless block of a kind, for what must not get dearer within it. */
export const endless = {
	paragraph: (count) => repeated(count, (i) => `${sentence(i)} `),
	list: (count) => repeated(count, (i) => `- ${sentence(i)}\n`),
	table: (count) =>
		repeated(
			count,
			(i) => `| ${i} | ${word(i)} | **${word(i + 1)}** | ${i * 7} |\n`,
			'| No | Name | Kind | Size |\n|--:|---|---|--:|\n',
		),
	code: (count) => repeated(count, (i) => `${codeLine(i)}\n`, '```ts\n'),
};

/** Shapes that make a careless reader quadratic, or overflow its stack. */
export const hostile = {
	asterisks: '*'.repeat(100_000),
	'asterisks and words': '*a '.repeat(30_000),
	'strong openers': 'a**'.repeat(30_000),
	underscores: '_a'.repeat(30_000),
	brackets: '['.repeat(50_000),
	exclamations: '!'.repeat(50_000),
	'deep emphasis': '*a **b '.repeat(5_000) + ' c** d*'.repeat(5_000),
	'deep quotes': '> '.repeat(10_000) + 'a',
	'deep list': Array.from({ length: 600 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
	'one line of 1 MB': 'lorem ipsum dolor '.repeat(58_000),
	'one word of 1 MB': 'a'.repeat(1_000_000),
	'lines of 1 MB': 'lorem ipsum dolor\n'.repeat(58_000),
	'a list in an item': `- a\n${'  - b **c**\n'.repeat(6_000)}`,
	'a quote of 300 kB': '> quote\n'.repeat(38_000),
	'a table of 5,000 columns': `${'|'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n${'|'.repeat(5_000)}`,
	'code of 1 MB in a line': `\`\`\`js\n${'f(x); '.repeat(170_000)}\n\`\`\``,
};

function repeated(count, line, head = '') {
	/** @type {string[]} */
	const tokens = cut(head);
	for (let i = 0; tokens.length < count; i++) tokens.push(...cut(line(i)));
	return tokens.slice(0, count);
}

/** @param {string} text */
function cut(text) {
	return text.match(/\s?[^\s]{1,5}|\s+/g) ?? [];
}

const words =
	'upload session queue store index worker browser memory slice resume token retry server lease event log reader cache stream policy bucket header cursor page offset batch window signal thread'.split(
		' ',
	);

function word(i) {
	return words[(i * 7 + (i >> 3)) % words.length];
}

function sentence(i) {
	return `The ${word(i)} keeps one **${word(i + 3)} per ${word(i + 5)}**, so \`${word(i + 2)}.${word(i + 4)}(${i})\` reads the ${word(i + 9)} before the ${word(i + 11)} is _closed_ and nothing waits for the ${word(i + 6)}.`;
}

function codeLine(i) {
	return `	const ${word(i)}${i} = await ${word(i + 1)}.${word(i + 2)}('${word(i + 3)}', { ${word(i + 4)}: ${i * 3} });`;
}

function sectionText(n) {
	const lines = (count, line) =>
		Array.from({ length: count }, (_, i) => line(n * 13 + i)).join('\n');
	return [
		`## ${n}. How the ${word(n)} meets the ${word(n + 1)}`,
		`${sentence(n)} ${sentence(n + 1)} See [the notes](https://example.com/${word(n)}).`,
		`${sentence(n + 2)} ${sentence(n + 3)} ${sentence(n + 4)}`,
		lines(5, (i) => `- **${word(i)}**: ${sentence(i)}`),
		'```ts\n' +
			`export async function ${word(n)}(file: File, size: number) {\n` +
			lines(14, codeLine) +
			'\n}\n```',
		lines(
			4,
			(i) =>
				`${i - n * 13 + 1}. ${sentence(i)}\n   - ${word(i)} first\n   - then the \`${word(i + 1)}\`\n`,
		),
		'| Step | What | Cost |\n|---|---|--:|\n' +
			lines(6, (i) => `| ${i} | ${word(i)} the **${word(i + 2)}** | ${i * 3} ms |`),
		`> ${sentence(n + 5)}\n> ${sentence(n + 6)}`,
		'```python\n' +
			lines(
				8,
				(i) => `def ${word(i)}_${i}(x):\n    return x.${word(i + 1)}(${i})  # ${word(i + 2)}`,
			) +
			'\n```',
		sentence(n + 7),
		'',
	].join('\n\n');
}
