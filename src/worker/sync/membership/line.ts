import type { Failure } from '$lib/domain/log/event';
import { CLOSE, type Closing } from '$lib/wire/close-codes';
import type { Bytes } from '$lib/wire/bytes';
import type { DeviceKeys } from '$lib/wire/device';
import { APPEND } from '$lib/wire/frames';
import { ModelError } from '../../models/model-port';
import type { KnownRoster } from '../members/known-roster';
import { RelayConnection } from '../relay/relay-connection';

export interface LineParts {
	url: string;
	device: DeviceKeys;
	roster: KnownRoster;
	/** Of a workspace that the relay may not know yet. */
	begin?: { statement: Bytes; invite: string };
	socket?: typeof WebSocket;
}

/** How long a relay may take to answer, ms. */
const PATIENCE_MS = 15_000;
/** How often a statement is made again because somebody else's came before. */
const TRIES = 5;

/** A connection to the relay for one errand about who belongs to the workspace. */
export class Line {
	readonly connection: RelayConnection;
	readonly #roster: KnownRoster;

	private constructor(connection: RelayConnection, roster: KnownRoster) {
		this.connection = connection;
		this.#roster = roster;
	}

	/** Once the relay has said that it knows who this is. Throws a ModelError whose failure says why not. */
	static open({ url, device, roster, begin = undefined, socket }: LineParts): Promise<Line> {
		return new Promise((done, fail) => {
			const end = (failure: Failure) => {
				clearTimeout(timer);
				connection.stop();
				fail(new ModelError(failure, false));
			};
			const timer = setTimeout(() => end(unreachable(url)), PATIENCE_MS);
			const connection: RelayConnection = new RelayConnection({
				url,
				workspace: roster.workspace,
				device,
				begin: begin ?? null,
				changed: (state) => {
					if (state.kind === 'stopped') end(failureOf(state.closing));
					else if (state.kind === 'waiting') end(unreachable(url));
					else if (state.kind === 'ready') {
						clearTimeout(timer);
						done(new Line(connection, roster));
					}
				},
				roster: (from, statements) => void roster.take(from, statements),
				known: () => roster.length,
				...(socket && { socket }),
			});
			connection.start();
		});
	}

	/** Once the roster, as far as it has come and was checked, has this member. */
	async knows(member: string): Promise<void> {
		while (!this.#roster.isMember(member))
			if (!(await this.#roster.grows(this.#roster.length)))
				throw new ModelError(failureOf({ code: CLOSE.notAuthorised, reason: '' }), false);
	}

	/** Adds to the roster; made anew where somebody else was first. */
	async append(make: () => Promise<Bytes>): Promise<void> {
		for (let tried = 0; tried < TRIES; tried++) {
			const place = this.#roster.length;
			const statement = await make();
			const answer = await this.connection.append(statement);
			if (answer?.result === APPEND.taken) {
				await this.#roster.take(place, [statement]);
				return;
			}
			if (answer?.result !== APPEND.moved || !(await this.#roster.grows(place))) break;
		}
		throw new ModelError(
			{
				code: 'not-taken',
				message: 'The relay did not take the change.',
				advice: 'Try again.',
			},
			true,
		);
	}

	close(): void {
		this.connection.stop();
	}
}

const unreachable = (url: string): Failure => ({
	code: 'relay-unreachable',
	message: `The relay at ${new URL(url).host} did not answer.`,
	advice: 'Check the address, and that this device is online. Then try again.',
});

function failureOf({ code, reason }: Closing): Failure {
	switch (code) {
		case CLOSE.notAuthorised:
			return {
				code: 'not-authorised',
				message: 'The relay does not know this device, or it was removed.',
				advice: 'Add it again from a device that belongs to the workspace.',
			};
		case CLOSE.notAdmitted:
			return {
				code: 'not-admitted',
				message: 'This relay takes no new workspace from you.',
				advice: 'Ask whoever runs it for an invite, or for your workspace to be allowed.',
			};
		case CLOSE.version:
			return {
				code: 'update-needed',
				message: `This app and the relay are too far apart (${reason}).`,
				advice: 'Update whichever of the two is older.',
			};
		default:
			return {
				code: 'relay-refused',
				message: `The relay closed the connection (${code} ${reason}).`,
				advice: 'Try again in a minute.',
			};
	}
}
