/** Characters of one label, and labels of one ticket. */
const LONGEST = 40;
const MOST = 20;

/** Labels written in one line, with commas between them; each once. */
export function labelsIn(line: string): string[] {
	const labels = line
		.split(',')
		.map((label) => label.replace(/\s+/g, ' ').trim().slice(0, LONGEST))
		.filter(Boolean);
	return [...new Set(labels)].slice(0, MOST);
}
