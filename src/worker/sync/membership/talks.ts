import type { PairingStep } from '$lib/domain/rpc';

export interface Talk {
	sameCode(): Promise<void>;
	stop(): void;
}

interface OpenTalk {
	talk: Talk;
	step: PairingStep | null;
	waiting: ((step: PairingStep) => void)[];
}

/** Pairings that a page follows, by number: each of its questions waits for the next state. */
export class Talks {
	#open = new Map<number, OpenTalk>();
	#last = 0;

	/** `begin` is given what tells the states. Gives the number. */
	begin(begin: (tell: (state: PairingStep['state']) => void) => Talk): number {
		const number = ++this.#last;
		const open: Omit<OpenTalk, 'talk'> = { step: null, waiting: [] };
		const talk = begin((state) => {
			const step = (held.step = { n: (held.step?.n ?? 0) + 1, state });
			for (const wait of held.waiting.splice(0)) wait(step);
		});
		const held: OpenTalk = Object.assign(open, { talk });
		this.#open.set(number, held);
		return number;
	}

	/** The state, once it is a later one than the `seen`th. Never where it is over. */
	next(number: number, seen: number): Promise<PairingStep> {
		const open = this.#open.get(number);
		if (!open) return Promise.reject(new RangeError('There is no such pairing'));
		const { step } = open;
		if (step && step.n > seen) return Promise.resolve(step);
		return new Promise((done) => open.waiting.push(done));
	}

	async say(number: number, say: 'same-code' | 'stop'): Promise<void> {
		const open = this.#open.get(number);
		if (say === 'same-code') await open?.talk.sameCode();
		else open?.talk.stop();
	}
}
