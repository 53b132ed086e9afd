/**
 * Questions a page asks the worker of its own tab, beside the commands: those that carry a key (which must
 * never be written down unsealed) or whose answer belongs to that page alone.
 */
import type { Connection } from './connection';
import type { Tally } from './import/tally';
import type { TransferStep, TransferWish } from './import/transfer';
import type { Failure } from './log/event';
import type { GuestPairingState, MemberInfo, MemberPairingState } from './sync/pairing';
import type { SearchAnswer, SearchAsk } from './search/results';

export interface ConnectionDraft {
	/** Given when an existing connection is changed. */
	id?: string;
	kind: Connection['kind'];
	name: string;
	baseUrl: string;
	auth: Connection['auth'];
	profile: string;
	/** Absent: keep the saved key, if any. Empty: remove it. */
	key?: string;
	/** Model ids the user typed, for endpoints that list none. */
	typedModels?: string[];
}

/** Each request with its answer. Answers are `{ok}` or a {@link Failure}; an error in the worker is a Failure too. */
export interface EngineApi {
	/** Asks the endpoint for its models; saves nothing. */
	'check-connection': { ask: ConnectionDraft; answer: { models: Connection['models'] } };
	/** Checks, seals the key and saves. */
	'save-connection': { ask: ConnectionDraft; answer: { connectionId: string } };
	'delete-connection': { ask: { connectionId: string }; answer: Record<never, never> };
	/** Asks again for the models of a saved connection. */
	'refresh-connection': { ask: { connectionId: string }; answer: { models: Connection['models'] } };
	/** Looks for words in every session; piece by piece, so that whoever types on need not wait for the rest. */
	search: { ask: SearchAsk; answer: SearchAnswer };
	/** Begins to bring a workspace in or out; nothing happens before its first step. */
	'transfer-begin': { ask: TransferWish; answer: { job: number } };
	/** Goes on for a moment and tells how far it is. */
	'transfer-step': { ask: { job: number }; answer: TransferStep };
	/** Wants no more of it. What was merged stays, and is told; null where nothing could be. */
	'transfer-stop': { ask: { job: number }; answer: { tally: Tally | null } };
	/** Begins to share this workspace over a relay: its address, empty for the app's own, and what its owner gave. */
	'sync-begin': { ask: { relay: string; invite: string }; answer: Record<never, never> };
	/** Who belongs to the workspace; null: it is shared with nobody. */
	'sync-members': { ask: Record<never, never>; answer: { members: MemberInfo[] | null } };
	/** Takes a member out; whoever remains gets another key. */
	'sync-remove': { ask: { id: string }; answer: Record<never, never> };
	/** This device leaves the workspace. What is on it stays. */
	'sync-leave': { ask: Record<never, never>; answer: Record<never, never> };
	/** Makes a member on paper. Its text and code are shown once, and kept nowhere. */
	'sync-make-kit': { ask: Record<never, never>; answer: { text: string; code: string } };
	/** Joins the workspace of a recovery kit, by its text. */
	'sync-restore': { ask: { kit: string; name: string }; answer: Record<never, never> };
	/** Opens the door to one more device. */
	'pair-begin': { ask: Record<never, never>; answer: { talk: number } };
	/** Wants to come in by a link. */
	'join-begin': { ask: { link: string; name: string }; answer: { talk: number } };
	/** The state of a pairing once it is another one than the `seen`th. */
	'talk-next': { ask: { talk: number; seen: number }; answer: PairingStep };
	'talk-say': { ask: { talk: number; say: 'same-code' | 'stop' }; answer: Record<never, never> };
	/** Gives another workspace of this device, an empty one, the connections of this one. */
	'copy-connections': { ask: { database: string }; answer: Record<never, never> };
	/** The network is back: waiting calls may go out at once. Browsers tell pages of it, and workers not. */
	'back-online': { ask: Record<never, never>; answer: Record<never, never> };
}

/** `n`: which state this is, from 1 on. */
export interface PairingStep {
	n: number;
	state: MemberPairingState | GuestPairingState;
}
export type EngineAsk = keyof EngineApi;

export type EngineRequest = {
	[K in EngineAsk]: { n: number; ask: K; value: EngineApi[K]['ask'] };
}[EngineAsk];
export type EngineResponse =
	| { n: number; ok: true; value: EngineApi[EngineAsk]['answer'] }
	| { n: number; ok: false; failure: Failure };
