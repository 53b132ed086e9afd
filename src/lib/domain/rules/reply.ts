/** What words written to a session mean while its agent waits for answers. */
import type { CallId } from '../log/event';
import type { SessionState } from '../log/state';
import type { Answer, Question } from '../question';

/**
 * `says`: nothing is asked, or more than questions; the words steer. `answers`: they are the answer to the one question
 * there is. `skips`: no answer is required, so the words take the place of them all. `waits`: an answer is required and
 * the words cannot say to what; they are read after it.
 */
export type Reply =
	| { is: 'says' }
	| { is: 'answers'; callId: CallId; question: Question }
	| { is: 'skips'; callIds: CallId[] }
	| { is: 'waits' };

export function replyTo(state: SessionState): Reply {
	const open = [...state.openCalls].flatMap((id) => state.calls.get(id) ?? []);
	if (open.some((call) => call.request && !call.decision)) return { is: 'says' };
	const asked = open.filter((call) => call.questions && call.answers === undefined);
	const questions = asked.flatMap((call) => call.questions ?? []);
	const [only] = questions;
	const [call] = asked;
	if (!only || !call) return { is: 'says' };
	if (questions.length === 1) return { is: 'answers', callId: call.callId, question: only };
	if (questions.some((question) => question.required)) return { is: 'waits' };
	return { is: 'skips', callIds: asked.map(({ callId }) => callId) };
}

/** A question answered in the person's own words. */
export function inWords(question: Question, text: string): Answer[] {
	return [{ id: question.id, chosen: null, text: text.trim() }];
}
