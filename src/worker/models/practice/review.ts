/** A reviewer that knows a handful of habits by sight. What it finds is really in the code it was given. */
export interface Finding {
	/** From 1. */
	line: number;
	severity: 'high' | 'medium' | 'low';
	title: string;
	why: string;
	/** The line as it stands, and as it would be better; absent where a person has to decide. */
	before: string;
	after?: string;
}

interface Habit {
	/** File name endings it is about; absent: any. */
	in?: RegExp;
	sees: RegExp;
	severity: Finding['severity'];
	title: string;
	why: string;
	better?: (line: string) => string;
}

const scripts = /\.(?:[cm]?[jt]sx?|svelte|vue)$/;
const python = /\.py$/;

const habits: Habit[] = [
	{
		sees: /(?:password|secret|api[_-]?key|token)\s*[:=]\s*["'][^"']{4,}["']/i,
		severity: 'high',
		title: 'A secret stands in the code',
		why: 'Whoever can read the file can use it, and it stays in the history. Read it from the environment.',
	},
	{
		in: scripts,
		sees: /\beval\s*\(|new Function\s*\(/,
		severity: 'high',
		title: 'Text is run as code',
		why: 'Whatever reaches this text can do everything this program can.',
	},
	{
		in: scripts,
		sees: /\.innerHTML\s*=[^=]/,
		severity: 'high',
		title: 'Text becomes markup',
		why: 'A name with a tag in it would run in the page. `textContent` shows it as it is.',
		better: (line) => line.replace('.innerHTML', '.textContent'),
	},
	{
		in: scripts,
		sees: /for\s*\([^;]*;[^;]*<=\s*[\w.]+\.length\s*;/,
		severity: 'high',
		title: 'The loop goes one too far',
		why: 'The last index is `length - 1`: the last round reads what is not there.',
		better: (line) => line.replace(/<=(\s*[\w.]+\.length)/, '<$1'),
	},
	{
		in: scripts,
		// `== null` stands for null and undefined together, and people mean it.
		sees: /[^=!<>](?:==|!=)(?!=)(?!\s*null\b)/,
		severity: 'medium',
		title: 'Loose comparison',
		why: '`==` turns values into other kinds before it compares: `0 == ""` is true.',
		better: (line) => line.replace(/([^=!<>])(==|!=)(?!=)(?!\s*null\b)/g, '$1$2='),
	},
	{
		in: scripts,
		sees: /\bvar\s+\w/,
		severity: 'low',
		title: '`var` leaks out of its block',
		why: '`let` lives where it is declared, which is what a reader expects.',
		better: (line) => line.replace(/\bvar\b/, 'let'),
	},
	{
		in: scripts,
		sees: /:\s*any\b/,
		severity: 'medium',
		title: 'A type that says nothing',
		why: '`any` turns checking off for everything it touches; `unknown` asks for a check first.',
		better: (line) => line.replace(/:\s*any\b/, ': unknown'),
	},
	{
		in: scripts,
		sees: /forEach\(\s*async/,
		severity: 'medium',
		title: 'Nobody waits for this work',
		why: '`forEach` does not wait for promises: errors get lost and the next line runs too early.',
	},
	{
		in: scripts,
		sees: /console\.(?:log|debug)\(/,
		severity: 'low',
		title: 'A debugging line was left in',
		why: 'It fills the console of everybody who uses this.',
		better: (line) => line.replace(/^(\s*)console\.(?:log|debug)\(.*$/, '$1').trimEnd(),
	},
	{
		in: python,
		sees: /^\s*except\s*:/,
		severity: 'high',
		title: 'Catches everything',
		why: 'A bare `except` also swallows Ctrl+C and mistakes of the program itself.',
		better: (line) => line.replace(/except\s*:/, 'except Exception:'),
	},
	{
		in: python,
		sees: /def .*=\s*(?:\[\]|\{\})/,
		severity: 'high',
		title: 'A default that remembers',
		why: 'The list is made once and shared by all calls.',
	},
	{
		in: python,
		sees: /[!=]=\s*None\b/,
		severity: 'low',
		title: 'Compared with `None` by value',
		why: '`is None` cannot be fooled by a class with an `==` of its own.',
		better: (line) => line.replace(/==\s*None\b/, 'is None').replace(/!=\s*None\b/, 'is not None'),
	},
	{
		sees: /\b(?:TODO|FIXME|XXX)\b/,
		severity: 'low',
		title: 'Work left for later',
		why: 'Name who does it and when, or open a ticket and drop the line.',
	},
	{
		sees: /^.{121,}$/,
		severity: 'low',
		title: 'A very long line',
		why: 'It does not fit beside another window, and its end is easily overlooked.',
	},
];

const weight = { high: 0, medium: 1, low: 2 };

/** Longer lines were written by machines, and would cost more time than they are worth. */
const longest = 1_000;

/** The findings in a file, the gravest first, one per line of code. */
export function review(path: string, code: string): Finding[] {
	const findings: Finding[] = [];
	code.split('\n').forEach((line, index) => {
		if (line.length > longest) return;
		const habit = habits.find((one) => (!one.in || one.in.test(path)) && one.sees.test(line));
		if (!habit) return;
		const after = habit.better?.(line);
		findings.push({
			line: index + 1,
			severity: habit.severity,
			title: habit.title,
			why: habit.why,
			before: line,
			...(after !== undefined && after !== line && { after }),
		});
	});
	return findings.sort((one, other) => weight[one.severity] - weight[other.severity]);
}

const endings: Record<string, string> = {
	javascript: 'js',
	js: 'js',
	jsx: 'jsx',
	typescript: 'ts',
	ts: 'ts',
	tsx: 'tsx',
	svelte: 'svelte',
	python: 'py',
	py: 'py',
	go: 'go',
	rust: 'rs',
	java: 'java',
	html: 'html',
	css: 'css',
	sql: 'sql',
	bash: 'sh',
	sh: 'sh',
	json: 'json',
};

/** What a piece of code would be called as a file: as the prompt says, after what it defines, or by its subject. */
export function fileNameFor(
	prompt: string,
	slug: string,
	code: { language: string; text: string },
): string {
	const said =
		/(?<![\w/:.])[\w-][\w./-]*\.(?:[cm]?[jt]sx?|svelte|vue|py|go|rs|java|css|sql|sh)\b/.exec(
			prompt.replace(/```[\s\S]*?```/g, ''),
		)?.[0];
	if (said) return said;
	const defined = /\b(?:function|class|def|const|fn|func)\s+(\w+)/.exec(code.text)?.[1];
	const guess = /^\s*(?:def|import \w+$|from \w+ import)\b/m.test(code.text) ? 'py' : 'js';
	return `src/${defined ?? slug}.${endings[code.language] ?? guess}`;
}

/** Something to review where nothing was given; says itself what it is. */
export function sampleCode(subject: string): string {
	return `// A sample, made up for practice: ${subject}
export function total(items) {
	var sum = 0;
	for (let i = 0; i <= items.length; i++) {
		if (items[i].price == null) continue;
		sum += items[i].price;
	}
	console.log('total', sum);
	return sum;
}
`;
}
