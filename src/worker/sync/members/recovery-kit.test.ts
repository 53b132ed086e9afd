import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedError } from '$lib/wire/bytes';
import { signBytes, verifyBytes } from '$lib/wire/device';
import { kitCode, kitMember, kitText, newKit, readCode, readKit } from './recovery-kit';

const kit = newKit('AAAAAAAAAAAAAAAAAAAAAA', 'wss://relay.example/sync');

describe('a recovery kit', () => {
	it('is read back from its text, and from a file with words around it', async () => {
		expect(await readKit(await kitText(kit))).toEqual(kit);
		expect(await readKit(`Keep this.\n\n${await kitText(kit)}\nBye`)).toEqual(kit);
	});

	it('has a code that is read as people copy it', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ minLength: 20, maxLength: 20 }), async (bytes) => {
				const secret = new Uint8Array(bytes);
				const code = await kitCode({ ...kit, secret });
				expect(code).toMatch(/^([0-9A-Z]{5}-){6}[0-9A-Z]{4}$/);
				const copied = code
					.toLowerCase()
					.replaceAll('0', 'o')
					.replaceAll('1', 'l')
					.replaceAll('-', ' ');
				expect(await readCode(copied)).toEqual(secret);
			}),
			{ numRuns: 50 },
		);
	});

	it('says what is wrong with it', async () => {
		const text = await kitText(kit);
		await expect(readKit('nothing')).rejects.toThrow('There is no recovery kit in this text');
		await expect(readKit(text.replace('kit-1', 'kit-2'))).rejects.toThrow('made by a newer Muster');
		await expect(readKit(text.slice(0, -3))).rejects.toThrow('The code is not complete');
		const code = await kitCode(kit);
		const wrong = (code[0] === 'A' ? 'B' : 'A') + code.slice(1);
		await expect(readCode(wrong)).rejects.toThrow(MalformedError);
	});

	it('is the same member for whoever reads it', async () => {
		const [one, other] = [await kitMember(kit), await kitMember(await readKit(await kitText(kit)))];
		expect(other.keys).toEqual(one.keys);
		const said = new Uint8Array([1, 2, 3]);
		expect(await verifyBytes(one.keys.sign, await signBytes(other.signKey, said), said)).toBe(true);
	});
});
