/** What went wrong with a call, in words for a person: what happened, then what to do. */

/** What a failure's words need to know of the call. */
export interface CallContext {
	baseUrl: string;
	/** Model asked for; absent where models were being listed. */
	model?: string;
	hasKey: boolean;
	/** The answer had begun. */
	answering?: boolean;
	/** Whether the device believes to have a network. */
	online: boolean;
	/** Whether the app itself was loaded over https. */
	securePage: boolean;
	/** The app's own origin, which a local server may have to be told. */
	pageOrigin?: string;
	now: number;
}

export type Kind =
	| 'bad-key'
	| 'browser-not-allowed'
	| 'payment'
	| 'forbidden'
	| 'not-found'
	| 'timeout'
	| 'conflict'
	| 'too-large'
	| 'context-too-long'
	| 'bad-request'
	| 'rate-limited'
	| 'overloaded'
	| 'server-error'
	| 'refused';

interface Words {
	message: string;
	advice: string;
}

/** What Practice fails with was asked for: there is no key, account or address to check. */
const practiceAdvice =
	'Practice was told to fail like this and has no key or account to check. Send a message without that line.';

export function wording(kind: Kind, context: CallContext | undefined): Words {
	const words = plainWords(kind, context);
	const asked =
		kind === 'bad-key' ||
		kind === 'browser-not-allowed' ||
		kind === 'payment' ||
		kind === 'forbidden';
	return asked && context && placeOf(context.baseUrl) === 'Practice'
		? { ...words, advice: practiceAdvice }
		: words;
}

function plainWords(kind: Kind, context: CallContext | undefined): Words {
	const place = context ? placeOf(context.baseUrl) : 'The endpoint';
	// Nobody goes on asking for a list of models.
	const again =
		context && !context.model ? 'Try again after a while.' : 'It is tried again after a while.';
	switch (kind) {
		case 'bad-key':
			return context?.hasKey === false
				? { message: `${place} wants a key.`, advice: 'Enter its key in Settings, Connections.' }
				: {
						message: `${place} did not accept the key.`,
						advice: 'Check the key in Settings, Connections, or make a new one.',
					};
		case 'browser-not-allowed':
			return {
				message: `The key is fine, but its organisation does not let browsers call ${place}.`,
				advice:
					'Ask an administrator of the organisation to allow it, or use a key of another organisation or a server of your own that passes the calls on.',
			};
		case 'payment':
			return {
				message: `${place} wants to be paid first.`,
				advice: 'Check the balance and the payment details of the account the key belongs to.',
			};
		case 'forbidden':
			return {
				message: `${place} does not allow this with the key in use.`,
				advice: 'Check what the key’s account may use, or choose another model.',
			};
		case 'not-found':
			return context?.model
				? {
						message: `${place} has no model called “${context.model}”.`,
						advice: 'Choose another model, or check the address of the connection.',
					}
				: {
						message: `${place} does not know this address.`,
						advice: 'Check the address of the connection.',
					};
		case 'timeout':
			return { message: `${place} took too long to answer.`, advice: again };
		case 'conflict':
			return { message: `${place} was busy with a conflicting request.`, advice: again };
		case 'too-large':
			return {
				message: `The request is larger than ${place} takes.`,
				advice: 'Start a new run, or make the files and the prompt smaller.',
			};
		case 'context-too-long':
			return {
				message: 'The conversation is longer than the model can read.',
				advice: 'Choose a model with a larger context, or go on in a new run.',
			};
		case 'bad-request':
			return {
				message: `${place} could not accept the request.`,
				advice: 'Check the model, its effort and the output schema of the agent.',
			};
		case 'rate-limited':
			return { message: `${place} wants fewer requests for a while.`, advice: again };
		case 'overloaded':
			return { message: `${place} is overloaded.`, advice: again };
		case 'server-error':
			return { message: `${place} had an error of its own.`, advice: again };
		case 'refused':
			return {
				message: `${place} refused the request.`,
				advice: 'Check the address and the kind of the connection.',
			};
	}
}

export function placeOf(baseUrl: string): string {
	const { host } = new URL(baseUrl);
	return host === 'practice.invalid' ? 'Practice' : host;
}
