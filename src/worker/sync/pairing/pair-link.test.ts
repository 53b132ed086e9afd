import { describe, expect, it } from 'vitest';
import { randomBytes } from '$lib/wire/bytes';
import { pairFragment, readPairLink, type PairLink } from './pair-link';

const link: PairLink = {
	workspace: 'AAAAAAAAAAAAAAAAAAAAAA',
	secret: randomBytes(16),
	promise: randomBytes(16),
	relay: null,
};

describe('a pairing link', () => {
	it('says the same to whoever reads it, as a fragment or whole', () => {
		const far = { ...link, relay: 'wss://relay.example/sync' };
		expect(readPairLink(pairFragment(link))).toEqual(link);
		expect(readPairLink(` https://muster.example/pair#${pairFragment(far)}\n`)).toEqual(far);
	});

	it('says what is wrong with it', () => {
		const fragment = pairFragment(link);
		expect(() => readPairLink('https://muster.example/')).toThrow('This is no link that adds');
		expect(() => readPairLink(fragment.replace('1.', '2.'))).toThrow('made by a newer Muster');
		expect(() => readPairLink(fragment.slice(0, -4))).toThrow('The link is not complete');
		expect(() => readPairLink(`${fragment}.aHR0cDovL3g`)).toThrow('The link is not complete');
	});
});
