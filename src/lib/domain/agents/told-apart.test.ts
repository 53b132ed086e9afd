import { describe, expect, it } from 'vitest';
import { toldApart, type Named } from './told-apart';

const agent = (id: string, name: string, more: Partial<Named> = {}): Named => ({
	id,
	name,
	model: '',
	born: 5,
	...more,
});
const day = (at: number) => `day ${at}`;

describe('agents of one name', () => {
	it('are told apart by their models where these differ', () => {
		const all = [agent('a', 'Triage', { model: 'big' }), agent('b', 'triage ', { model: 'small' })];
		expect([...toldApart(all, day)]).toEqual([
			['a', 'big'],
			['b', 'small'],
		]);
	});

	it('are told apart by their days otherwise, or by being gone', () => {
		const all = [agent('a', 'Triage'), agent('b', 'Triage', { born: null }), agent('c', 'Other')];
		expect([...toldApart(all, day)]).toEqual([
			['a', 'made on day 5'],
			['b', 'deleted'],
		]);
	});
});
