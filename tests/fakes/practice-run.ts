/** The practice model at work, without its pace, as the starter agents use it. */
import { starterAgents } from '../../src/lib/domain/agents/starter-agents';
import { practiceQuirks } from '../../src/lib/domain/quirks';
import { modelsIn } from '../../src/worker/connections/list-models';
import { patience } from '../../src/worker/models/guarded-fetch';
import type { ModelPort } from '../../src/worker/models/model-port';
import { practiceModels } from '../../src/worker/models/practice/models';
import { practiceFetch, practiceUrl } from '../../src/worker/models/practice/practice-fetch';
import { sdkModel } from '../../src/worker/models/sdk-model';
import { runAgent, type Run, type RunOptions } from './agent-loop';

export function practice(tokensPerSecond: number | null = null): ModelPort {
	return sdkModel({
		baseUrl: practiceUrl,
		auth: 'none',
		key: null,
		quirks: practiceQuirks,
		fetch: practiceFetch({ tokensPerSecond }),
		patience,
		models: modelsIn({ data: practiceModels }),
		rawSchemas: true,
		surroundings: () => ({ online: true, securePage: false, now: 0 }),
	});
}
export const runPractice = (options: RunOptions): Promise<Run> => runAgent(practice(), options);

const agents = starterAgents(0);
export const starter = (
	id: string,
): Pick<RunOptions, 'system' | 'tools' | 'outputSchema' | 'effort'> => {
	const agent = agents.find((one) => one.id === `starter-${id}`);
	if (!agent) throw new Error(`No starter agent ${id}`);
	const { systemPrompt, tools, outputSchema, effort } = agent;
	return { system: systemPrompt, tools: Object.keys(tools), outputSchema, effort };
};
/** What the last answer ends with. */
export const lastText = (run: Run): string => {
	const part = run.answers.at(-1)?.at(-1);
	return part && 'text' in part ? String(part.text) : '';
};
