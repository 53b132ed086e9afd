import type { GuestPairingState, JoinFault } from '$lib/domain/sync/pairing';
import { fromBase64Url } from '$lib/wire/base64url';
import { MalformedError, sameBytes, type Bytes } from '$lib/wire/bytes';
import { CLOSE, type Closing } from '$lib/wire/close-codes';
import type { DeviceKeys } from '$lib/wire/device';
import { decodeRelayFrame, encodeClientFrame, type ClientFrame } from '$lib/wire/frames';
import { VERSION } from '$lib/wire/limits';
import { pairBox, shortCode, type PairBox } from './pair-box';
import { promiseOf, type PairLink } from './pair-link';

export interface GuestPairingParts {
	/** Of the relay's socket. */
	url: string;
	link: PairLink;
	device: DeviceKeys;
	/** What this device is called. */
	name: string;
	changed: (state: GuestPairingState) => void;
	socket?: typeof WebSocket;
}

const NONCE_BYTES = 16;

/** The side of pairing that wants to come in. docs/sync.md §4 */
export class GuestPairing {
	#parts: GuestPairingParts;
	#state: GuestPairingState = { is: 'joining' };
	#socket: WebSocket | null = null;
	#box: PairBox | null = null;
	/** Frames are answered one after the other. */
	#turn: Promise<unknown> = Promise.resolve();

	constructor(parts: GuestPairingParts) {
		this.#parts = parts;
	}

	get state(): GuestPairingState {
		return this.#state;
	}

	async start(): Promise<void> {
		this.#box = await pairBox(this.#parts.link.secret);
		const Socket = this.#parts.socket ?? WebSocket;
		const socket = (this.#socket = new Socket(this.#parts.url));
		socket.binaryType = 'arraybuffer';
		socket.onopen = () => this.#send({ kind: 'hello', min: VERSION, max: VERSION });
		socket.onmessage = ({ data }: MessageEvent<unknown>) => {
			this.#turn = this.#turn
				.then(() => this.#heard(data))
				.catch((error: unknown) => {
					if (!(error instanceof MalformedError)) throw error;
					this.#end('foreign');
				});
		};
		socket.onerror = () => undefined;
		socket.onclose = ({ code, reason }) =>
			void (this.#turn = this.#turn.then(() => this.#closed({ code, reason })));
	}

	/** The person thinks better of it. */
	stop(): void {
		this.#end('refused');
	}

	async #heard(data: unknown): Promise<void> {
		if (!(data instanceof ArrayBuffer) || !this.#box) throw new MalformedError('a text message');
		const frame = decodeRelayFrame(new Uint8Array(data));
		if (frame.kind === 'hello') this.#send({ kind: 'mailbox', id: this.#box.id });
		else if (frame.kind === 'joined') await this.#introduce();
		else if (frame.kind === 'mailbox-ended') this.#closed(frame);
		else if (frame.kind === 'got') await this.#got(frame.sealed);
	}

	async #introduce(): Promise<void> {
		const { device, name } = this.#parts;
		await this.#say({ v: 1, name, ...device.keys });
	}

	async #got(sealed: Bytes): Promise<void> {
		const said = (await this.#box?.open('member', sealed)) ?? {};
		const { link, device } = this.#parts;
		if (this.#state.is === 'joining') {
			const nonce = fromBase64Url(
				typeof said['nonce'] === 'string' ? said['nonce'] : '',
				NONCE_BYTES,
			);
			// What was promised in the link, before our keys were known.
			if (!sameBytes(await promiseOf(nonce), link.promise)) return this.#end('foreign');
			const code = await shortCode(link.workspace, device.keys, nonce);
			this.#become({ is: 'comparing', code });
		} else if (this.#state.is === 'comparing') {
			if (said['done'] !== true) return this.#end('refused');
			const name = typeof said['name'] === 'string' ? said['name'] : '';
			this.#become({ is: 'joined', workspaceName: name });
			this.#drop();
		}
	}

	async #say(message: object): Promise<void> {
		if (!this.#box) return;
		const sealed = await this.#box.seal('guest', message);
		this.#send({ kind: 'put', id: this.#box.id, sealed });
	}

	#send(frame: ClientFrame): void {
		this.#socket?.send(encodeClientFrame(frame));
	}

	#closed({ code }: Closing): void {
		const faults: Record<number, JoinFault> = {
			[CLOSE.noMailbox]: 'over',
			[CLOSE.taken]: 'used',
			[CLOSE.version]: 'update-needed',
			[CLOSE.protocol]: 'foreign',
		};
		this.#end(faults[code] ?? 'cut');
	}

	#end(why: JoinFault): void {
		if (this.#state.is === 'joined' || this.#state.is === 'ended') return;
		this.#become({ is: 'ended', why });
		this.#drop();
	}

	#drop(): void {
		const socket = this.#socket;
		this.#socket = null;
		if (!socket) return;
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
	}

	#become(state: GuestPairingState): void {
		this.#state = state;
		this.#parts.changed(state);
	}
}
