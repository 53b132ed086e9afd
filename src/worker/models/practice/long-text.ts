import { Dice } from './dice';
import { estimatedTokens } from './stream-frames';
import { label } from './documents';
import { capital, listed, sentence } from './wording';
import type { Work } from './work';

/** Markdown of every kind, at least `tokens` long: to see how long answers stream, scroll and render. */
export function longText(work: Work, tokens: number): string {
	const dice = new Dice(work.scene.seed);
	const word = (): string => work.ask.keywords[dice.below(work.ask.keywords.length)] ?? 'practice';
	const parts = [label, `# ${capital(word())}, at length`];
	let length = 0;
	for (let part = 1; length < tokens; part++) {
		const added = section(work, part, dice, word);
		parts.push(added);
		length += estimatedTokens(added);
	}
	return parts.join('\n\n');
}

function section(work: Work, part: number, dice: Dice, word: () => string): string {
	const paragraph = (sentences: number): string =>
		Array.from({ length: sentences }, () => `${sentence(work.ask, dice.below(97))}.`).join(' ');
	switch (part % 5) {
		case 1:
			return `## ${part}. ${capital(word())}\n\n${paragraph(5)}`;
		case 2:
			return Array.from({ length: 5 }, () => `- **${capital(word())}**: ${paragraph(1)}`).join(
				'\n',
			);
		case 3:
			return `${paragraph(3)}\n\n\`\`\`ts\nexport const part${part} = {\n\tabout: '${word().replaceAll("'", '')}',\n\torder: ${part},\n};\n\`\`\``;
		case 4:
			return `| Word | Part | Note |\n|---|---|---|\n${Array.from({ length: 4 }, (_, row) => `| ${word()} | ${part}.${row + 1} | *scripted* |`).join('\n')}`;
		default:
			return `> ${paragraph(2)}\n\nSee ${listed([word(), word()])}, and \`${word()}\`.`;
	}
}
