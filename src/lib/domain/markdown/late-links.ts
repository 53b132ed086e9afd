/** A stretch of settled text and the blocks it became. */
export interface SettledUnit {
	source: string;
	index: number;
	count: number;
}

/** Settled blocks that mention labels nothing has defined yet. */
export class LateLinks {
	#waiting = new Map<string, SettledUnit[]>();

	remember(unit: SettledUnit, isDefined: (label: string) => boolean): void {
		for (const label of labelsIn(unit.source)) {
			if (isDefined(label)) continue;
			const units = this.#waiting.get(label);
			if (units) units.push(unit);
			else this.#waiting.set(label, [unit]);
		}
	}

	/** Each unit once; the labels no longer wait. */
	claim(labels: readonly string[]): Set<SettledUnit> {
		const units = new Set<SettledUnit>();
		for (const label of labels) {
			for (const unit of this.#waiting.get(label) ?? []) units.add(unit);
			this.#waiting.delete(label);
		}
		return units;
	}
}

function labelsIn(source: string): Set<string> {
	const labels = new Set<string>();
	if (!source.includes('[')) return labels;
	for (const match of source.matchAll(/\[((?:\\[\s\S]|[^[\]\\]){1,999})\]/g)) {
		labels.add(normalisedLabel(match[1] ?? ''));
	}
	return labels;
}

/** As the lexer's: Unicode case folding by way of upper case. */
function normalisedLabel(label: string): string {
	return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}
