import { SessionDocument } from '../documents/session-document';
import { holdDocument, type HeldDocument } from './held-document';
import { SessionMirror } from './session-mirror';
import type { Workroom } from './workroom';

export interface HeldMirror {
	readonly mirror: SessionMirror;
	readonly held: HeldDocument<SessionDocument>;
	readonly meaning: string;
	release(): void;
}

interface Open {
	opening: Promise<Omit<HeldMirror, 'release'>>;
	holders: number;
}

/** The sessions whose rooms are open, each once, however many need it. While one is, its log and its room stay alike. */
export class SessionMirrors {
	#room: Workroom;
	#open = new Map<string, Open>();
	/** Sessions whose last step is still under way: they are not opened again before that. */
	#ending = new Map<string, Promise<void>>();
	/** Told whenever a log and its room have become alike. */
	#alike: (held: Omit<HeldMirror, 'release'>) => Promise<void>;

	constructor(room: Workroom, alike: (held: Omit<HeldMirror, 'release'>) => Promise<void>) {
		this.#room = room;
		this.#alike = alike;
	}

	async hold(sessionId: string): Promise<HeldMirror> {
		const open = this.#open.get(sessionId) ?? this.#begin(sessionId);
		open.holders++;
		let isHeld = true;
		const release = () => {
			if (!isHeld) return;
			isHeld = false;
			if (--open.holders === 0) this.#end(sessionId, open);
		};
		try {
			return { ...(await open.opening), release };
		} catch (error) {
			release();
			throw error;
		}
	}

	/** Looks again at a session that is open: something was written here. */
	look(sessionId: string): void {
		const open = this.#open.get(sessionId);
		void open?.opening.then((held) => this.#sync(held)).catch(this.#room.failed);
	}

	#begin(sessionId: string): Open {
		const open: Open = { opening: this.#hold(sessionId), holders: 0 };
		this.#open.set(sessionId, open);
		return open;
	}

	async #hold(sessionId: string): Promise<Omit<HeldMirror, 'release'>> {
		const { rooms, store, failed } = this.#room;
		const meaning = `session|${sessionId}`;
		await this.#ending.get(sessionId);
		const held = await holdDocument(
			rooms,
			meaning,
			(inner) => {
				const document = new SessionDocument(inner, sessionId);
				document.onChange(() => this.look(sessionId));
				return document;
			},
			(name, update) => store.keep(name, update),
		);
		const mirror = new SessionMirror(sessionId, held, this.#room);
		const opened = { mirror, held, meaning };
		this.#sync(opened).catch(failed);
		return opened;
	}

	async #sync(opened: Omit<HeldMirror, 'release'>): Promise<void> {
		await opened.mirror.sync();
		await this.#alike(opened);
	}

	#end(sessionId: string, open: Open): void {
		this.#open.delete(sessionId);
		const ending = open.opening
			.then(async ({ held, mirror }) => {
				await mirror.close();
				held.release();
			})
			.catch(this.#room.failed)
			.finally(() => {
				if (this.#ending.get(sessionId) === ending) this.#ending.delete(sessionId);
			});
		this.#ending.set(sessionId, ending);
	}
}
