/** The named references people and models really write; any other stays as written. */
const named: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
	copy: '©',
	reg: '®',
	trade: '™',
	deg: '°',
	plusmn: '±',
	times: '×',
	divide: '÷',
	middot: '·',
	bull: '•',
	hellip: '…',
	ndash: '–',
	mdash: '—',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	laquo: '«',
	raquo: '»',
	larr: '←',
	rarr: '→',
	uarr: '↑',
	darr: '↓',
	harr: '↔',
	le: '≤',
	ge: '≥',
	ne: '≠',
	asymp: '≈',
	infin: '∞',
	euro: '€',
	pound: '£',
	yen: '¥',
	sect: '§',
	para: '¶',
	check: '✓',
};

/** The lexer has decoded numeric references already, and escaped a bare `&` where it did. */
export function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&([a-z]+);/gi, (written, name: string) =>
		Object.hasOwn(named, name) ? (named[name] ?? written) : written,
	);
}
