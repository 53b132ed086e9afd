import { untrack } from 'svelte';
import { advance, isPlain, keyCaps, parseKeys, type Press, type Stroke } from '$lib/domain/keys';
import { isMac, readPreference, writePreference } from './platform';

export interface Shortcut {
	/** "n", "mod+k", "g r", "shift+a", or several ways. */
	keys: string | readonly string[];
	/** As in the key list: "New run". */
	label: string;
	/** Heading in the key list: "Go to". */
	group: string;
	/** Absent: handled where it applies, and only listed here. */
	run?: (event: KeyboardEvent) => void;
	/** Asked at the press: focus inside a card, something selected. */
	when?: () => boolean;
	/** Works under an open dialog as well. */
	inDialog?: boolean;
	/** Fires again while held, as moving does. */
	repeat?: boolean;
}

interface Binding {
	strokes: Stroke[];
	plain: boolean;
	shortcut: Shortcut;
}

const KEY = 'muster.single-keys';
/** A sequence waits this long for its next key, ms. */
const SEQUENCE_MS = 1500;

const allKeys = ({ keys }: Shortcut): readonly string[] =>
	typeof keys === 'string' ? [keys] : keys;

const TYPING =
	'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range],[type=file]),' +
	'textarea,select,[contenteditable]:not([contenteditable=false]),[role=textbox],[role=menu]';
const PRESSED_BY_KEY = 'button,a[href],summary,input,[role=button],[role=tab],[role=option]';

function toPress(event: KeyboardEvent): Press {
	const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
	return {
		key,
		code,
		ctrlKey,
		metaKey,
		altKey,
		shiftKey,
		altGraph: event.getModifierState('AltGraph'),
	};
}

/** Everything the keyboard can do now. Screens add their shortcuts while they are shown. */
class Shortcuts {
	#sets = $state.raw<readonly (readonly Shortcut[])[]>([]);
	#singleKeys = $state(readPreference(KEY) !== 'off');
	#bindings = $derived(this.#sets.flat().flatMap(toBindings));
	#groups = $derived(grouped(this.#sets));
	#pending: Press[] = [];
	#pendingAt = 0;

	/** Whether keys without a modifier do anything. */
	get singleKeys(): boolean {
		return this.#singleKeys;
	}
	set singleKeys(on: boolean) {
		this.#singleKeys = on;
		writePreference(KEY, on ? null : 'off');
	}

	/** For the key list, oldest set first. */
	get groups(): readonly (readonly [string, readonly Shortcut[]])[] {
		return this.#groups;
	}

	/** The last added wins. Returns the removal, so `$effect(() => shortcuts.add([…]))` is enough. */
	add(list: readonly Shortcut[]): () => void {
		// An effect that adds must not depend on what the others added.
		this.#sets = [list, ...untrack(() => this.#sets)];
		return () => {
			this.#sets = untrack(() => this.#sets).filter((set) => set !== list);
		};
	}

	/** Listens on the window. Returns the stop. */
	attach(): () => void {
		const onKeydown = (event: KeyboardEvent) => this.press(event);
		addEventListener('keydown', onKeydown);
		return () => removeEventListener('keydown', onKeydown);
	}

	press(event: KeyboardEvent): void {
		if (event.defaultPrevented || event.isComposing) return;
		if (event.timeStamp - this.#pendingAt > SEQUENCE_MS) this.#pending = [];
		const { hit, pending } = advance(this.#pending, toPress(event), this.#open(event), isMac);
		this.#pending = pending;
		this.#pendingAt = event.timeStamp;
		if (!hit) return;
		event.preventDefault();
		hit.shortcut.run?.(event);
	}

	/** Bindings that may fire where the focus is now. */
	#open(event: KeyboardEvent): Binding[] {
		const target = event.target instanceof Element ? event.target : null;
		const typing = target?.closest(TYPING) != null;
		const inDialog = document.querySelector('dialog:modal') !== null;
		const pressesControl =
			(event.key === 'Enter' || event.key === ' ') && target?.closest(PRESSED_BY_KEY) != null;
		return this.#bindings.filter(({ plain, shortcut }) => {
			if (plain && (typing || !this.#singleKeys || pressesControl)) return false;
			if (inDialog && !shortcut.inDialog) return false;
			if (event.repeat && !shortcut.repeat) return false;
			return shortcut.run !== undefined && (shortcut.when?.() ?? true);
		});
	}
}

function toBindings(shortcut: Shortcut): Binding[] {
	return allKeys(shortcut).map((keys) => {
		const strokes = parseKeys(keys);
		return { strokes, plain: isPlain(strokes), shortcut };
	});
}

function grouped(sets: readonly (readonly Shortcut[])[]): [string, Shortcut[]][] {
	const all = sets.toReversed().flat();
	const names = all.map(({ group }) => group);
	return names
		.filter((name, i) => names.indexOf(name) === i)
		.map((name) => [name, all.filter(({ group }) => group === name)]);
}

/** The keys printed for a shortcut: each way once ("ctrl+6" is "mod+6" where Ctrl is the command key). */
export function shownKeys(shortcut: Shortcut): string[] {
	const printed = (keys: string) => keyCaps(keys, isMac).join(' ');
	return allKeys(shortcut).filter(
		(keys, i, all) => all.findIndex((other) => printed(other) === printed(keys)) === i,
	);
}

export const shortcuts = new Shortcuts();
