import { describe, expect, it } from 'vitest';
import {
	advance,
	ariaKeys,
	isPlain,
	keyCaps,
	matches,
	parseKeys,
	type Press,
	type Stroke,
} from './keys';

function press(key: string, held: Partial<Press> = {}): Press {
	const code = /^[a-z]$/i.test(key)
		? `Key${key.toUpperCase()}`
		: /^\d$/.test(key)
			? `Digit${key}`
			: key;
	return {
		key,
		code,
		ctrlKey: false,
		metaKey: false,
		altKey: false,
		shiftKey: false,
		altGraph: false,
		...held,
	};
}
const one = (keys: string): Stroke => parseKeys(keys)[0] as Stroke;
const hits = (keys: string, p: Press, mac = false) => matches(one(keys), p, mac);

describe('one press', () => {
	it('mod is Ctrl here and Cmd on a Mac', () => {
		expect(hits('mod+k', press('k', { ctrlKey: true }))).toBe(true);
		expect(hits('mod+k', press('k', { metaKey: true }))).toBe(false);
		expect(hits('mod+k', press('k', { metaKey: true }), true)).toBe(true);
		expect(hits('mod+k', press('k', { ctrlKey: true }), true)).toBe(false);
	});

	it('a plain key does not fire under a modifier', () => {
		expect(hits('n', press('n'))).toBe(true);
		for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const)
			expect(hits('n', press('n', { [held]: true })), held).toBe(false);
	});

	it('caps lock changes nothing', () => expect(hits('e', press('E'))).toBe(true));

	it('shift makes another shortcut of a letter', () => {
		expect(hits('shift+e', press('E', { shiftKey: true }))).toBe(true);
		expect(hits('shift+e', press('e'))).toBe(false);
	});

	it('a symbol fires however the layout types it', () => {
		expect(hits('?', press('?', { shiftKey: true, code: 'Slash' }))).toBe(true);
		expect(hits('/', press('/', { shiftKey: true, code: 'Digit7' }))).toBe(true);
		expect(
			hits('[', press('[', { ctrlKey: true, altKey: true, altGraph: true, code: 'Digit8' })),
		).toBe(true);
	});

	it('digits go by place where the layout wants Shift for them', () => {
		expect(hits('mod+6', press('-', { code: 'Digit6', ctrlKey: true }))).toBe(true);
		expect(hits('mod+6', press('7', { ctrlKey: true }))).toBe(false);
	});

	it('letters go by place on a layout without Latin ones', () => {
		expect(hits('n', press('т', { code: 'KeyN' }))).toBe(true);
		// Dvorak: the key where N is printed on QWERTY types a "b".
		expect(hits('n', press('b', { code: 'KeyN' }))).toBe(false);
	});

	it('del is either delete key', () => {
		expect([press('Delete'), press('Backspace')].map((p) => hits('del', p))).toEqual([true, true]);
	});

	it('an unknown modifier is a mistake of the programmer', () => {
		expect(() => parseKeys('cmd+k')).toThrow('Not a shortcut');
	});

	it('only keys without a modifier are plain', () => {
		expect(['n', 'shift+a', 'g r', 'mod+k', 'alt+1'].map((k) => isPlain(parseKeys(k)))).toEqual([
			true,
			true,
			true,
			false,
			false,
		]);
	});
});

describe('sequences', () => {
	const bindings = ['g r', 'g i', 'r', 'n', 'n'].map((keys, index) => ({
		keys,
		index,
		strokes: parseKeys(keys),
	}));
	const play = (...keys: string[]) => {
		let pending: Press[] = [];
		const fired: string[] = [];
		for (const key of keys) {
			const step = advance(pending, press(key), bindings, false);
			pending = step.pending;
			if (step.hit) fired.push(`${step.hit.keys}#${step.hit.index}`);
		}
		return fired;
	};

	it('the second key fires the sequence, not its own shortcut', () =>
		expect(play('g', 'r')).toEqual(['g r#0']));
	it('a key that breaks a sequence still counts for itself', () =>
		expect(play('g', 'n')).toEqual(['n#3']));
	it('a finished sequence leaves nothing behind', () =>
		expect(play('g', 'i', 'r')).toEqual(['g i#1', 'r#2']));
	it('a modifier pressed between does not break it', () =>
		expect(play('g', 'Shift', 'r')).toEqual(['g r#0']));
	it('the first binding of several wins', () => expect(play('n')).toEqual(['n#3']));
});

describe('what is printed', () => {
	it('caps follow the platform', () => {
		expect(keyCaps('mod+enter', true)).toEqual([['cmd', 'enter']]);
		expect(keyCaps('mod+enter', false)).toEqual([['Ctrl', 'enter']]);
		expect(keyCaps('g r', false)).toEqual([['G'], ['R']]);
		expect(keyCaps('shift+e', true)).toEqual([['shift', 'E']]);
	});

	it('assistive technology gets the standard form', () => {
		expect([ariaKeys('mod+6', false), ariaKeys('shift+e', true), ariaKeys('g r', true)]).toEqual([
			'Control+6',
			'Shift+E',
			undefined,
		]);
	});
});
