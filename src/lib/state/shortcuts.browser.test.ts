import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shortcuts, type Shortcut } from './shortcuts.svelte';

let fired: string[] = [];
const stops: (() => void)[] = [];

const to = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
	keys,
	label: keys,
	group: 'Test',
	run: () => fired.push(keys),
	...more,
});

function press(key: string, held: KeyboardEventInit = {}, target: Element = document.body) {
	const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : '';
	const event = new KeyboardEvent('keydown', {
		key,
		code,
		bubbles: true,
		cancelable: true,
		...held,
	});
	target.dispatchEvent(event);
	return event;
}

function put<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
	const element = document.createElement(tag);
	document.body.append(element);
	stops.push(() => element.remove());
	return element;
}

beforeEach(() => {
	fired = [];
	stops.push(shortcuts.attach());
});
afterEach(() => {
	for (const stop of stops.splice(0)) stop();
	shortcuts.singleKeys = true;
});

describe('shortcuts', () => {
	it('single keys are off while typing, keys with a modifier are not', () => {
		stops.push(shortcuts.add([to('n'), to('ctrl+k')]));
		const input = put('input');
		press('n', {}, input);
		press('k', { ctrlKey: true }, input);
		expect(fired).toEqual(['ctrl+k']);
		press('n');
		expect(fired).toEqual(['ctrl+k', 'n']);
	});

	it('a checkbox is not typing', () => {
		stops.push(shortcuts.add([to('n')]));
		const box = put('input');
		box.type = 'checkbox';
		press('n', {}, box);
		expect(fired).toEqual(['n']);
	});

	it('single keys can be turned off', () => {
		stops.push(shortcuts.add([to('n'), to('ctrl+k')]));
		shortcuts.singleKeys = false;
		press('n');
		press('k', { ctrlKey: true });
		expect(fired).toEqual(['ctrl+k']);
	});

	it('an open dialog keeps all but its own', () => {
		stops.push(shortcuts.add([to('n'), to('ctrl+k'), to('x', { inDialog: true })]));
		put('dialog').showModal();
		press('n');
		press('k', { ctrlKey: true });
		press('x');
		expect(fired).toEqual(['x']);
	});

	it('Enter and Space belong to a focused control', () => {
		stops.push(shortcuts.add([to('enter'), to('space')]));
		const button = put('button');
		expect(press('Enter', {}, button).defaultPrevented).toBe(false);
		press(' ', {}, button);
		press('Enter');
		expect(fired).toEqual(['enter']);
	});

	it('the last added wins, and gives the key back when removed', () => {
		stops.push(shortcuts.add([to('n')]));
		const remove = shortcuts.add([to('n', { run: () => fired.push('inner') })]);
		press('n');
		remove();
		press('n');
		expect(fired).toEqual(['inner', 'n']);
	});

	it('a condition is asked at the press', () => {
		let on = false;
		stops.push(shortcuts.add([to('a', { when: () => on })]));
		expect(press('a').defaultPrevented).toBe(false);
		on = true;
		expect(press('a').defaultPrevented).toBe(true);
		expect(fired).toEqual(['a']);
	});

	it('a held key fires once unless it may repeat', () => {
		stops.push(shortcuts.add([to('n'), to('j', { repeat: true })]));
		press('n', { repeat: true });
		press('j', { repeat: true });
		expect(fired).toEqual(['j']);
	});

	it('sequences work, and are listed by group', () => {
		stops.push(shortcuts.add([to('g r'), to('r', { group: 'Run' })]));
		press('g');
		press('r');
		press('r');
		expect(fired).toEqual(['g r', 'r']);
		expect(shortcuts.groups.map(([group, list]) => [group, list.length])).toEqual([
			['Test', 1],
			['Run', 1],
		]);
	});
});
