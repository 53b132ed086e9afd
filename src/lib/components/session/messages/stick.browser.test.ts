import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Stick } from './stick';

let scroller: HTMLElement;
let content: HTMLElement;
let sticks: boolean;
let whole: boolean;
let stop: void | (() => void);

beforeEach(() => {
	scroller = document.createElement('div');
	content = document.createElement('div');
	Object.assign(scroller.style, { height: '100px', overflowY: 'auto', overflowAnchor: 'none' });
	content.style.height = '500px';
	scroller.append(content);
	document.body.append(scroller);
	sticks = true;
	whole = true;
	stop = new Stick(
		(now) => (sticks = now),
		() => whole,
	).attach(scroller);
});
afterEach(() => {
	if (stop) stop();
	scroller.remove();
});

const end = () => scroller.scrollHeight - scroller.clientHeight;
const grow = (to: number) => (content.style.height = `${to}px`);

test('it opens at the end and follows what grows', async () => {
	expect(scroller.scrollTop).toBe(400);
	grow(900);
	await vi.waitFor(() => expect(scroller.scrollTop).toBe(end()));
});

test('it leaves the reader where they went, and follows again from the end', async () => {
	scroller.scrollTop = 100;
	await vi.waitFor(() => expect(sticks).toBe(false));
	grow(900);
	await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	expect(scroller.scrollTop).toBe(100);
	scroller.scrollTop = end();
	await vi.waitFor(() => expect(sticks).toBe(true));
	grow(1200);
	await vi.waitFor(() => expect(scroller.scrollTop).toBe(end()));
});

test('the end of a window is not the end of the thread', async () => {
	whole = false;
	scroller.scrollTop = 100;
	await vi.waitFor(() => expect(sticks).toBe(false));
	scroller.scrollTop = end();
	await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	expect(sticks).toBe(false);
});

test('what needs an answer and does not fit is stopped at by its beginning, and then followed again', async () => {
	const card = document.createElement('div');
	card.dataset['needsAnswer'] = '';
	card.style.height = '300px';
	content.append(document.createElement('p'), card);
	content.style.height = 'auto';
	content.querySelector('p')!.style.height = '500px';
	const top = () => card.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
	await vi.waitFor(() => expect(Math.round(top())).toBe(8));
	expect(sticks).toBe(false);
	// More behind it moves nothing.
	const more = document.createElement('p');
	more.style.height = '50px';
	content.append(more);
	await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	expect(Math.round(top())).toBe(8);
	card.replaceWith(document.createElement('p'));
	more.style.height = '700px';
	await vi.waitFor(() => expect(scroller.scrollTop).toBe(end()));
	expect(sticks).toBe(true);
});

test('what needs an answer and fits is shown with the end', async () => {
	const card = document.createElement('div');
	card.dataset['needsAnswer'] = '';
	card.style.height = '80px';
	content.style.height = 'auto';
	const before = document.createElement('p');
	before.style.height = '600px';
	content.append(before, card);
	await vi.waitFor(() => expect(end()).toBeGreaterThan(500));
	await vi.waitFor(() => expect(scroller.scrollTop).toBe(end()));
	expect(sticks).toBe(true);
});
