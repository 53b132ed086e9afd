import type { Agent } from '../agent';
import { bugTriage } from './starter-bug-triage';
import { codeReviewer } from './starter-code-reviewer';
import { newAgent } from './new-agent';
import { releaseNotesWriter } from './starter-release-notes';
import type { Starter } from './starter';
import { researchAssistant } from './starter-research';

const starters: [id: string, starter: Starter][] = [
	['starter-research', researchAssistant],
	['starter-code-review', codeReviewer],
	['starter-release-notes', releaseNotesWriter],
	['starter-bug-triage', bugTriage],
];

/** The agents a workspace begins with. Their ids are fixed, so that restoring them makes no second ones. `now`: epoch ms. */
export function starterAgents(now: number): Agent[] {
	return starters.map(([id, starter]) => structuredClone({ ...newAgent(id, now), ...starter }));
}
