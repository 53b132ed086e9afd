/** A client of the relay's protocol, as bare as a test wants it. */
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import * as Y from 'yjs';
import { dialledHost, signAuth } from '../../../src/lib/wire/auth';
import type { Bytes } from '../../../src/lib/wire/bytes';
import type { DeviceKeys } from '../../../src/lib/wire/device';
import {
	decodeRelayFrame,
	encodeClientFrame,
	type ClientFrame,
	type RelayFrame,
} from '../../../src/lib/wire/frames';
import { decodeMessage, encodeMessage, type Message } from '../../../src/lib/wire/messages';
import { encodeStatement } from '../../../src/lib/wire/statement';
import type { TestWorkspace } from './workspace';

type Of<K extends RelayFrame['kind']> = Extract<RelayFrame, { kind: K }>;
export interface Closed {
	readonly code: number;
	readonly reason: string;
}

export class TestClient {
	readonly ws: WebSocket;
	/** What came and nobody asked for yet. */
	readonly frames: RelayFrame[] = [];
	readonly closed: Promise<Closed>;
	readonly docs = new Map<number, TestDoc>();
	/** Of every frame that came. */
	readonly lengths: number[] = [];
	readonly #url: string;
	#waiting: (() => void)[] = [];
	#over = false;

	constructor(url: string, options: ClientOptions = {}) {
		this.#url = url;
		this.ws = new WebSocket(url, options);
		this.ws.on('error', () => undefined);
		this.closed = new Promise((done) =>
			this.ws.once('close', (code, reason) => {
				this.#over = true;
				this.#wake();
				done({ code, reason: String(reason) });
			}),
		);
		this.ws.on('message', (data) => {
			this.lengths.push((data as Buffer).length);
			this.#take(decodeRelayFrame(data as Buffer));
		});
		onTestFinished(() => this.ws.terminate());
	}

	static async dial(url: string, options?: ClientOptions): Promise<TestClient> {
		const client = new TestClient(url, options);
		await new Promise((done) => client.ws.once('open', done));
		return client;
	}

	/** Through the whole handshake. */
	static async connect(
		url: string,
		workspace: TestWorkspace,
		device: DeviceKeys,
	): Promise<TestClient> {
		const client = await TestClient.dial(url);
		await client.auth(workspace, device);
		await client.next('ready');
		return client;
	}

	send(frame: ClientFrame): void {
		this.ws.send(encodeClientFrame(frame));
	}

	/** Says hello; gives the nonce. */
	async hello(): Promise<Bytes> {
		this.send({ kind: 'hello', min: 1, max: 1 });
		return (await this.next('hello')).nonce;
	}

	async auth(
		{ id: workspace, statements }: TestWorkspace,
		device: DeviceKeys,
		{ begin = false, invite = '', host = dialledHost(this.#url) } = {},
	): Promise<void> {
		const nonce = await this.hello();
		const first = statements[0];
		if (begin && first) this.send({ kind: 'begin', statement: encodeStatement(first), invite });
		const claim = { host, workspace, device: device.id, nonce };
		const signature = await signAuth(device.signKey, claim);
		this.send({ kind: 'auth', workspace, device: device.id, signature });
	}

	/** The next frame of a kind; others before it stay. */
	async next<K extends RelayFrame['kind']>(kind: K): Promise<Of<K>> {
		for (;;) {
			const at = this.frames.findIndex((frame) => frame.kind === kind);
			if (at >= 0) return this.frames.splice(at, 1)[0] as Of<K>;
			if (this.#over) {
				const { code, reason } = await this.closed;
				throw new Error(`closed with ${code} ${reason} before ${kind}`);
			}
			await new Promise<void>((wake) => this.#waiting.push(wake));
		}
	}

	open(channel: number, room: string, doc = new Y.Doc()): TestDoc {
		this.send({ kind: 'open', channel, room });
		const opened = new TestDoc(doc, (message) =>
			this.send({ kind: 'data', channel, message: encodeMessage(message) }),
		);
		this.docs.set(channel, opened);
		opened.begin();
		return opened;
	}

	#take(frame: RelayFrame): void {
		const doc = frame.kind === 'data' ? this.docs.get(frame.channel) : undefined;
		if (frame.kind === 'data' && doc) doc.take(decodeMessage(frame.message));
		else this.frames.push(frame);
		this.#wake();
	}

	#wake(): void {
		for (const wake of this.#waiting.splice(0)) wake();
	}
}

/** A document on a channel. */
export class TestDoc {
	readonly doc: Y.Doc;
	/** What came that is no sync message. */
	readonly others: Message[] = [];
	#send: (message: Message) => void;
	#asked = 0;
	readonly #confirmed = new Map<number, () => void>();
	#synced!: () => void;
	/** The relay has answered with all that it has. */
	readonly synced = new Promise<void>((done) => (this.#synced = done));
	#changed: (() => void)[] = [];

	constructor(doc: Y.Doc, send: (message: Message) => void) {
		this.doc = doc;
		this.#send = send;
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this) this.#send({ kind: 'update', update: update as Bytes });
		});
	}

	get log(): Y.Array<unknown> {
		return this.doc.getArray('log');
	}

	begin(): void {
		this.#send({ kind: 'step1', stateVector: Y.encodeStateVector(this.doc) as Bytes });
	}

	send(message: Message): void {
		this.#send(message);
	}

	/** Resolves when the relay says that all so far is kept [3.2]. */
	confirmed(): Promise<void> {
		const n = ++this.#asked;
		const answer = new Promise<void>((done) => this.#confirmed.set(n, done));
		this.#send({ kind: 'confirm', n });
		return answer;
	}

	/** Resolves when the log has that many entries. */
	async has(length: number): Promise<void> {
		while (this.log.length < length) await new Promise<void>((done) => this.#changed.push(done));
	}

	take(message: Message): void {
		if (message.kind === 'step1') {
			const update = Y.encodeStateAsUpdate(this.doc, message.stateVector) as Bytes;
			this.#send({ kind: 'step2', update });
		} else if (message.kind === 'step2' || message.kind === 'update') {
			Y.applyUpdate(this.doc, message.update, this);
			if (message.kind === 'step2') this.#synced();
			for (const wake of this.#changed.splice(0)) wake();
		} else if (message.kind === 'confirm') {
			this.#confirmed.get(message.n)?.();
			this.others.push(message);
		} else this.others.push(message);
	}
}
