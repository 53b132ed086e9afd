import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type JsonValue } from '../json';

/** Binds a decision to exactly the input that was shown: SHA-256 (hex) of the call's tool and canonical input. */
export function inputHash(tool: string, input: JsonValue): string {
	return bytesToHex(sha256(utf8ToBytes(`${tool}\n${canonicalJson(input)}`)));
}
