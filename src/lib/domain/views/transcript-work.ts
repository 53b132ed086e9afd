/** A finished stretch of work in a line: how long it took and what was done. */
import type { WorkBlock } from './transcript-blocks';
import type { ToolPart, TurnItem } from './transcript-items';

export interface WorkSummary {
	/** Time the models and tools took, waits for a person left out. Milliseconds. */
	ms: number;
	/** "2 files read, 1 search". */
	done: string;
	failed: number;
	denied: number;
}

export function summariseWork(blocks: readonly WorkBlock[]): WorkSummary {
	const calls = blocks.flatMap((block) => (block.kind === 'tool' ? [block.part] : []));
	const withStatus = (status: ToolPart['status']) => calls.filter((call) => call.status === status);
	return {
		ms: timeOf(blocks),
		done: phrases(withStatus('done')),
		failed: withStatus('failed').length,
		denied: withStatus('denied').length,
	};
}

const some = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;

const words: Record<string, (calls: readonly ToolPart[]) => string> = {
	read_file: (calls) => `${some(files(calls), 'file')} read`,
	write_file: (calls) => `${some(files(calls), 'file')} written`,
	edit_file: (calls) => some(calls.length, 'edit'),
	search_files: (calls) => some(calls.length, 'search', 'searches'),
	list_files: () => 'files listed',
	update_plan: () => 'plan updated',
};

function phrases(calls: readonly ToolPart[]): string {
	const byTool = new Map<string, ToolPart[]>();
	for (const call of calls) {
		const tool = call.tool ?? '';
		byTool.set(tool, [...(byTool.get(tool) ?? []), call]);
	}
	return [...byTool]
		.map(([tool, same]) => words[tool]?.(same) ?? `${tool} ×${same.length}`)
		.join(', ');
}

/** Counted once each, however often they were touched. */
function files(calls: readonly ToolPart[]): number {
	return new Set(calls.map(pathOf)).size;
}

function pathOf({ input, callId }: ToolPart): unknown {
	const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
	return (isObject ? input['path'] : undefined) ?? callId;
}

/** A turn counts whole when all it did lies within the stretch; else only its thinking does. */
function timeOf(blocks: readonly WorkBlock[]): number {
	const turns = new Map<TurnItem, { blocks: number; thinkingMs: number }>();
	let ms = 0;
	for (const block of blocks) {
		const seen = turns.get(block.turn) ?? { blocks: 0, thinkingMs: 0 };
		seen.blocks += 1;
		if (block.kind === 'thinking') seen.thinkingMs += block.part.ms ?? 0;
		if (block.kind === 'tool') ms += block.part.result?.ms ?? 0;
		turns.set(block.turn, seen);
	}
	for (const [turn, seen] of turns)
		ms += seen.blocks >= turn.parts.length ? (turn.end?.ms ?? seen.thinkingMs) : seen.thinkingMs;
	return ms;
}
