/** What a bug report says about itself, as far as its words show it. */
export interface Report {
	severity: 'critical' | 'high' | 'medium' | 'low';
	/** The words the severity was judged by. */
	because: string;
	kind: 'bug' | 'feature' | 'question';
	steps: string[];
	expected: string | null;
	actual: string | null;
	version: string | null;
	environment: string | null;
	component: string;
	regression: boolean;
	missing: string[];
}

const grades: [Report['severity'], RegExp][] = [
	[
		'critical',
		/data loss|lost (?:all|my|the|data)|security|vulnerab|leak(?:s|ed)?|corrupt|outage|down for every/i,
	],
	[
		'high',
		/crash\w*|freez\w+|hang(?:s|ing)?|blank (?:page|screen)|cannot (?:log ?in|start|save|open|pay)|can[’']t (?:log ?in|start|save|open|pay)|500\b|blocked|always fails?/i,
	],
	[
		'low',
		/typo|misspell\w*|wording|cosmetic|colou?r|alignment|misaligned|icon|nice to have|minor/i,
	],
];

export function readReport(text: string, items: string[], subjects: readonly string[]): Report {
	const [severity, because] = gradeOf(text);
	const expected = lineAfter(text, /expected(?: result| behaviou?r)?/i);
	const actual = lineAfter(text, /actual(?: result| behaviou?r)?|instead/i);
	const version =
		/\b(?:v(?:ersion)?\.?\s*)?(\d+\.\d+(?:\.\d+)?(?:[-+][\w.]+)?)\b/i.exec(text)?.[1] ?? null;
	const environment =
		/\b(?:Chrome|Firefox|Safari|Edge|Android|iOS|iPhone|iPad|macOS|Mac|Windows|Linux|Ubuntu|Node)\b[^,.;\n]{0,24}/i
			.exec(text)?.[0]
			.trim() ?? null;
	const missing = [
		...(items.length === 0 ? ['steps to reproduce'] : []),
		...(version ? [] : ['version']),
		...(environment ? [] : ['browser or system']),
		...(expected ? [] : ['expected result']),
	];
	return {
		severity,
		because,
		kind: /feature request|would be (?:nice|great)|please add|wish/i.test(text)
			? 'feature'
			: /^\s*(?:how|why|what|is it|can i)\b.*\?\s*$/i.test(text)
				? 'question'
				: 'bug',
		steps: items.length > 0 ? items : stepsIn(text),
		expected,
		actual,
		version,
		environment,
		component:
			/\b(?:in|on|of|from) the ([\w -]{3,24}?) (?:page|screen|view|dialog|form|list|button|panel|tab|menu|api|service)\b/i.exec(
				text,
			)?.[1] ??
			subjects[0] ??
			'unknown',
		regression:
			/\b(?:used to|since (?:the )?(?:update|upgrade|version|v?\d)|regress|worked before|no longer)/i.test(
				text,
			),
		missing,
	};
}

/** What the reporter did, in their order. */
function stepsIn(text: string): string[] {
	const did = [
		...text.matchAll(
			/(?:^|[.!?\n,]\s*|\b(?:when|then|and|after)\s+)I\s+((?!expect|thought|think|wanted|saw|got|am\b|was\b)(?:[^.!?\n,]|[.](?=\w)){4,120})/gi,
		),
	];
	return did.map(([, words = '']) => words.trim().charAt(0).toUpperCase() + words.trim().slice(1));
}

function gradeOf(text: string): [Report['severity'], string] {
	for (const [grade, words] of grades) {
		const found = words.exec(text)?.[0];
		if (found) return [grade, `the report says “${found}”`];
	}
	return ['medium', 'nothing in the report says that it is worse or harmless'];
}

function lineAfter(text: string, label: RegExp): string | null {
	const found = new RegExp(
		`(?:^|\\n|[.!?]\\s)(?:[^\\n.]|[.](?=\\w))*?\\b(?:${label.source})\\b\\s*:?\\s*([^\\n]{4,200})`,
		'i',
	).exec(text);
	return found?.[1]?.trim() ?? null;
}
