import type { IconName } from './icon-paths';

/** Levels we know. A model may have others: those show their own name, and two bars. */
const levels: Record<string, { label: string; bars: 1 | 2 | 3 | 4 }> = {
	minimal: { label: 'Minimal', bars: 1 },
	low: { label: 'Low', bars: 1 },
	medium: { label: 'Medium', bars: 2 },
	high: { label: 'High', bars: 3 },
	xhigh: { label: 'Extra high', bars: 4 },
	max: { label: 'Max', bars: 4 },
};

/** Name of an effort level; null is the model's own default. */
export function effortLabel(level: string | null): string {
	if (level === null) return 'Default';
	return levels[level]?.label ?? level.charAt(0).toUpperCase() + level.slice(1);
}

export function effortIcon(level: string | null): IconName {
	// Nobody knows how high a model's own default is.
	return level === null ? 'e0' : `e${levels[level]?.bars ?? 2}`;
}
