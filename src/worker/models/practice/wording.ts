/** The words a structured answer is filled with: what the job found, else the words of the prompt. */
import type { JsonValue } from '$lib/domain/json';
import { hashOf } from './dice';
import type { Wording } from './instance';
import { releaseNotes } from './release-notes';
import type { Finding } from './review';
import { readReport } from './triage';
import type { Topic } from './topic';
import type { Work } from './work';

export function wordingFor(work: Work): Wording {
	const { findings, topic, turn } = work;
	const said = [...work.scene.turns.map(({ prompt }) => prompt), ...turn.added].join('\n');
	const answered = work.answers.map(({ answer }) => answer).join('\n');
	const report = readReport(said, topic.items, topic.subjects);
	const notes = releaseNotes(said, topic);
	const paths = [...work.files.keys()];
	const labels = topic.subjects.slice(0, 3).map((word) => word.toLowerCase());
	if (labels.length === 0) labels.push(work.job === 'triage' ? report.kind : work.job);
	const things = thingsIn(topic);
	const thing = (nth: number): string => things[nth % things.length] ?? 'the request';
	const quoted = (nth: number): string => inQuotes(topic, thing(nth));
	const finding = (nth: number): Finding | undefined =>
		findings[nth % Math.max(1, findings.length)];
	const summary = `Scripted practice answer about “${topic.title}”. ${topic.subjects.length > 0 ? `It speaks of ${listed(topic.subjects.slice(0, 3).map((one) => `“${one}”`))}; no` : 'No'} model was asked.`;

	/** The first rule whose pattern fits the property's name. */
	const rules: [RegExp, (nth: number) => string][] = [
		[/^(?:severity|priority|urgency)$/, () => report.severity],
		[
			/^(?:file|path|filename|location)/,
			(nth) => paths[nth % Math.max(1, paths.length)] ?? `${topic.slug}.md`,
		],
		[/^(?:version|release)/, () => notes.version ?? report.version ?? '1.0.0'],
		[/cause/, () => ''],
		[/assumption/, (nth) => `That ${quoted(nth)} means here what it mostly means`],
		[
			/support|source|reference|citation|evidence/,
			() => 'The words of the request. No source was read: this is scripted practice',
		],
		[/suspicion|suspect|hunch|guess/, () => 'None: a script that reads words suspects nothing'],
		[/component|area|module|package/, () => report.component],
		[/environment|platform|^os$|browser/, () => report.environment ?? 'Not said in the report'],
		[/expected/, () => report.expected ?? 'Not said in the report'],
		[/actual|observed/, () => report.actual ?? topic.firstSentence],
		[
			/^steps?$|reproduc/,
			(nth) => report.steps[nth] ?? `(assumed) Go to where ${quoted(nth)} shows`,
		],
		[
			/missing|unknown|\bopen\b/,
			(nth) => (work.job === 'triage' && report.missing[nth]) || `What ${quoted(nth)} means here`,
		],
		[
			/reason|rationale|because|why/,
			(nth) => finding(nth)?.why ?? `Judged by its words: ${report.because}.`,
		],
		[
			/suggest|fix|recommend|next|action/,
			(nth) => finding(nth)?.title ?? `Look at ${quoted(nth)} first, then ask who is affected`,
		],
		[/snippet|code|before/, (nth) => finding(nth)?.before.trim() ?? thing(nth)],
		[
			/title|name|headline|heading|subject|topic/,
			(nth) => (nth > 0 ? capital(thing(nth)) : (finding(nth)?.title ?? topic.title)),
		],
		[/question/, () => topic.firstSentence],
		[/tag|label|keyword/, (nth) => labels[nth % labels.length] ?? work.job],
		[/owner|assignee|author|who/, () => 'Nobody yet'],
		[/url|link|href/, (nth) => `https://example.com/practice/${nth + 1}`],
		[/^id$|key|slug/, (nth) => `${topic.slug}${nth > 0 ? `-${nth + 1}` : ''}`],
		[/date|day/, () => '2026-01-01'],
		[
			/summary|overview|abstract|conclusion|verdict|answer|result|tldr/,
			() => (answered ? `${summary} You said: ${answered.split('\n')[0] ?? ''}` : summary),
		],
		[
			/finding|issue|problem|comment|message|detail|description|text|point|note|claim|highlight/,
			(nth) => finding(nth)?.title ?? sentence(topic, nth),
		],
	];

	return {
		text(name, nth) {
			const plain = spoken(name);
			const rule = rules.find(([pattern]) => pattern.test(plain));
			return rule ? rule[1](nth) : `${capital(plain)}: ${sentence(topic, nth)}`;
		},
		list(name) {
			const plain = spoken(name);
			if (/step|reproduc/.test(plain) && report.steps.length > 0) return report.steps;
			if (/missing|unknown/.test(plain) && work.job === 'triage') return report.missing;
			if (/^(?:label|tag|keyword)s?$/.test(plain)) return labels;
			if (/finding|issue|comment|problem/.test(plain) && findings.length > 0)
				return findings.slice(0, 6).map(({ title }) => title);
			const group = notes.groups.find(({ name: one }) => plain.startsWith(one.toLowerCase()));
			if (group) return group.lines;
			if (/^files?$|paths?$/.test(plain) && paths.length > 0) return paths;
			return null;
		},
		number(name) {
			const plain = spoken(name);
			if (/line/.test(plain)) return finding(0)?.line ?? 1;
			if (/confidence|probability|certainty/.test(plain)) return 0.5;
			if (/count|total|number/.test(plain)) return findings.length || things.length;
			return null;
		},
		flag(name) {
			const plain = spoken(name);
			if (/regression/.test(plain)) return report.regression;
			if (/needs|missing|incomplete|question/.test(plain)) return report.missing.length > 0;
			if (/scripted|practice/.test(plain)) return true;
			if (/approve|ready|pass|ok$/.test(plain))
				return findings.every(({ severity }) => severity !== 'high');
			return false;
		},
		choose(name, choices) {
			const plain = spoken(name);
			const at = (...words: string[]): number =>
				choices.findIndex((choice) => words.some((word) => sameWord(choice, word)));
			// A script is never sure of anything.
			if (/confidence|certainty/.test(plain)) return at('low', 'none', 'unsure');
			if (/severity|priority|urgency|impact/.test(plain)) {
				const graded = at(...severityWords[report.severity]);
				if (graded >= 0) return graded;
			}
			if (/reproducible/.test(plain))
				return report.steps.length > 0 ? at('likely', 'yes') : at('unclear', 'no');
			if (/type|kind|category|class/.test(plain)) {
				const kind = at(...kindWords[report.kind]);
				if (kind >= 0) return kind;
			}
			const lower = `${said}\n${answered}`.toLowerCase();
			const named = choices.findIndex(
				(choice) =>
					typeof choice === 'string' && choice.length > 2 && lower.includes(choice.toLowerCase()),
			);
			return named >= 0 ? named : hashOf(plain + topic.title) % choices.length;
		},
	};
}

const kindWords = {
	bug: ['bug', 'defect', 'error'],
	feature: ['feature', 'feature request', 'enhancement'],
	question: ['question', 'support'],
};

const severityWords = {
	critical: ['critical', 'blocker', 'urgent', 'p0', 's1', 'highest'],
	high: ['high', 'major', 'severe', 'p1', 's2'],
	medium: ['medium', 'moderate', 'normal', 'p2', 's3'],
	low: ['low', 'minor', 'trivial', 'p3', 's4', 'lowest'],
};

/** What a text speaks of; what every request has, where its grammar does not show that. Never empty. */
export function thingsIn({ subjects }: Topic): string[] {
	return subjects.length > 2 ? subjects : [...subjects, 'the request', 'its aim', 'its limits'];
}

/** Words of the text are quoted, so that they read well whatever they are; ours are not. */
const inQuotes = (topic: Topic, thing: string): string =>
	topic.subjects.includes(thing) ? `“${thing}”` : thing;

/** One sentence about one of the things a text speaks of; another for every `nth`. */
export function sentence(topic: Topic, nth: number): string {
	return adviceOn(topic, nth, null);
}

/** A thing in bold and what to do about it, `count` times or as often as there are things. */
export function pointsOn(topic: Topic, count: number): string[] {
	return thingsIn(topic)
		.slice(0, count)
		.map((thing, nth) => `**${capital(thing)}**: ${lower(adviceOn(topic, nth, 'it'))}.`);
}

function adviceOn(topic: Topic, nth: number, called: string | null): string {
	const things = thingsIn(topic);
	const at = (index: number): string => inQuotes(topic, things[index % things.length] ?? 'this');
	const it = called ?? at(nth);
	const frames = [
		`Say what counts as good for ${it}, and how one would notice it`,
		`Look at ${it} together with ${at(nth + 1)}: a change to one moves the other`,
		`Write down what is known about ${it} and what is only assumed`,
		`Try the smallest version of ${it} first and keep what it shows`,
		`Name who is affected by ${it}, and ask one of them`,
		`Decide what would make ${it} the wrong place to look`,
	];
	return frames[(nth + hashOf(topic.title)) % frames.length] ?? `Look at ${it}`;
}

export const listed = (words: readonly string[]): string =>
	words.length < 2
		? (words[0] ?? '')
		: `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A property's name as words: `stepsToReproduce` is `steps to reproduce`. */
const spoken = (name: string): string =>
	name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/[_-]+/g, ' ')
		.toLowerCase()
		.trim();

const sameWord = (choice: JsonValue, word: string): boolean =>
	typeof choice === 'string' && choice.toLowerCase() === word;
