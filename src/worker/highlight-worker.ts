import type { HighlightReply, HighlightRequest } from '$lib/domain/markdown/highlight';
import { tokenise } from './highlight/tokenise';

/** Colours code, away from the page's thread. One question at a time, in order. */
let turn = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<HighlightRequest>) => {
	turn = turn.then(() => answer(data));
};

async function answer({ id, code, lang }: HighlightRequest): Promise<void> {
	// A grammar that fails leaves its code without colour; the text itself is on the page already.
	const result = await tokenise(code, lang).catch(() => null);
	const reply: HighlightReply = { id, result };
	self.postMessage(reply, {
		transfer: result ? [result.lengths.buffer, result.classes.buffer] : [],
	});
}
