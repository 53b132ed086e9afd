/**
 * The page of the streaming bench: the real Markdown component, and the floor it is held against.
 * Both get the same text in the same scroller, at most once a frame.
 */
import '$lib/styles/tokens.css';
import '$lib/styles/base.css';
import './page.css';
import { mount, unmount } from 'svelte';
import Markdown from '$lib/components/shared/markdown/Markdown.svelte';
import { answerProps } from './props.svelte';

type Mode = 'markdown' | 'text';
type Show = (text: string, streaming: boolean) => void;

let text = '';
let scroller = document.createElement('main');
let show: Show = () => {};
let stop = () => {};

/** Starts an empty answer. */
function begin(mode: Mode): void {
	stop();
	text = '';
	scroller = document.createElement('main');
	document.body.replaceChildren(scroller);
	({ show, stop } = shower(mode));
}

/** Lets the answer grow by `tokensPerSecond`, and keeps its end in view as the app does. */
async function goOn(tokens: string[], tokensPerSecond: number): Promise<void> {
	const start = performance.now();
	for (let shown = 0; shown < tokens.length;) {
		await nextFrame();
		const passed = ((performance.now() - start) / 1000) * tokensPerSecond;
		const due = Math.min(tokens.length, Math.floor(passed));
		if (due === shown) continue;
		text += tokens.slice(shown, due).join('');
		shown = due;
		show(text, true);
		scroller.scrollTop = scroller.scrollHeight;
	}
	await nextFrame();
}

/** Shows a finished text, and waits until its height rests. */
async function showWhole(whole: string): Promise<void> {
	show(whole, false);
	let height = -1;
	for (let still = 0; still < 20;) {
		await nextFrame();
		still = scroller.scrollHeight === height ? still + 1 : 0;
		height = scroller.scrollHeight;
	}
}

function nextFrame(): Promise<number> {
	return new Promise(requestAnimationFrame);
}

function shower(mode: Mode): { show: Show; stop: () => void } {
	if (mode === 'text') {
		const node = document.createTextNode('');
		const place = document.createElement('p');
		place.className = 'reading floor';
		place.append(node);
		scroller.append(place);
		return { show: (next) => node.appendData(next.slice(node.data.length)), stop: () => {} };
	}
	const props = answerProps();
	const component = mount(Markdown, { target: scroller, props });
	return {
		show: (next, streaming) => Object.assign(props, { text: next, streaming }),
		stop: () => void unmount(component),
	};
}

Object.assign(window, { begin, goOn, showWhole });
