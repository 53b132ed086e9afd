import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromUtf8, MalformedError, type Bytes } from './bytes';

/** Reads lib0's encodings from bytes of any origin: whatever is wrong with them is a `MalformedError`. */
export class Reader {
	readonly #decoder: decoding.Decoder;

	constructor(bytes: Uint8Array) {
		this.#decoder = decoding.createDecoder(bytes);
	}

	/** @throws {MalformedError} */
	uint(): number {
		try {
			return decoding.readVarUint(this.#decoder);
		} catch {
			throw new MalformedError('no varUint');
		}
	}

	/**
	 * A view, not a copy.
	 * @param most how many bytes it may be
	 * @throws {MalformedError}
	 */
	bytes(most = Number.MAX_SAFE_INTEGER): Bytes {
		const length = this.uint();
		const left = this.#decoder.arr.length - this.#decoder.pos;
		if (length > left || length > most) throw new MalformedError('too long');
		return decoding.readUint8Array(this.#decoder, length) as Bytes;
	}

	/** @throws {MalformedError} */
	string(most?: number): string {
		return fromUtf8(this.bytes(most));
	}

	/** What is left: a view. */
	rest(): Bytes {
		return decoding.readTailAsUint8Array(this.#decoder) as Bytes;
	}

	/** @throws {MalformedError} where something is left */
	end(): void {
		if (decoding.hasContent(this.#decoder)) throw new MalformedError('trailing bytes');
	}
}

/** Writes lib0's encodings, one after the other. */
export class Writer {
	readonly #encoder = encoding.createEncoder();

	uint(value: number): this {
		encoding.writeVarUint(this.#encoder, value);
		return this;
	}

	bytes(value: Uint8Array): this {
		encoding.writeVarUint8Array(this.#encoder, value);
		return this;
	}

	string(value: string): this {
		encoding.writeVarString(this.#encoder, value);
		return this;
	}

	/** Without its length. */
	raw(value: Uint8Array): this {
		encoding.writeUint8Array(this.#encoder, value);
		return this;
	}

	done(): Bytes {
		return encoding.toUint8Array(this.#encoder);
	}
}
