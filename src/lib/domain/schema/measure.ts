import type { JsonValue } from '../json';

export interface Measure {
	/** Values in it, itself included. */
	nodes: number;
	/** Nested levels; a plain value has 1. */
	depth: number;
	longestList: number;
	longestKey: number;
}

/** How large a value is, found without recursion, so that nothing can be too deep for it. Stops at `maxNodes`. */
export function measure(value: JsonValue, maxNodes = Infinity): Measure {
	const found = { nodes: 0, depth: 0, longestList: 0, longestKey: 0 };
	let level: JsonValue[] = [value];
	while (level.length > 0 && found.nodes <= maxNodes) {
		found.depth++;
		found.nodes += level.length;
		const next: JsonValue[] = [];
		for (const item of level) {
			if (typeof item !== 'object' || item === null) continue;
			if (Array.isArray(item)) found.longestList = Math.max(found.longestList, item.length);
			else
				for (const key of Object.keys(item))
					found.longestKey = Math.max(found.longestKey, key.length);
			for (const inner of Object.values(item)) next.push(inner);
		}
		level = next;
	}
	return found;
}
