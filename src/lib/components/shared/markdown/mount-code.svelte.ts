import { mount, unmount } from 'svelte';
import type { BlockOf } from '$lib/domain/markdown/ast';
import CodeBlock from '../code/CodeBlock.svelte';
import type { CodeView } from './block-view';

/** A code block within text: the component, fed from outside of Svelte. */
export function mountCode(target: HTMLElement, block: BlockOf<'code'>): CodeView {
	const props = $state(propsOf(block));
	const component = mount(CodeBlock, { target, props });
	return {
		update: (next) => void Object.assign(props, propsOf(next)),
		destroy: () => void unmount(component),
	};
}

function propsOf({ text, lang, closed }: BlockOf<'code'>) {
	return { code: text, lang, streaming: !closed };
}
