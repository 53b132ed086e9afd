/** One press, as written in a shortcut: "n", "mod+k", "shift+a". `mod` is Cmd on a Mac, Ctrl elsewhere. */
export interface Stroke {
	key: string;
	mod: boolean;
	ctrl: boolean;
	alt: boolean;
	shift: boolean;
}

/** What a keyboard event says about a press. */
export interface Press {
	key: string;
	code: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	shiftKey: boolean;
	/** AltGr types symbols; some systems report it as Ctrl + Alt. */
	altGraph: boolean;
}

const names: Record<string, string> = {
	esc: 'escape',
	space: ' ',
	up: 'arrowup',
	down: 'arrowdown',
	left: 'arrowleft',
	right: 'arrowright',
	comma: ',',
};

const modifiers = ['shift', 'control', 'meta', 'alt', 'altgraph', 'capslock', 'fn', 'dead'];

/** Parses "g r" into two strokes, "shift+a" into one. Throws on an unknown modifier. */
export function parseKeys(keys: string): Stroke[] {
	return keys.split(' ').map((part) => {
		// "+" itself is a key.
		const pieces = part === '+' ? ['+'] : part.toLowerCase().split('+');
		const last = pieces.pop() ?? '';
		const unknown = pieces.find((piece) => !['mod', 'ctrl', 'alt', 'shift'].includes(piece));
		if (!last || unknown !== undefined) throw new Error(`Not a shortcut: ${keys}`);
		return {
			key: names[last] ?? last,
			mod: pieces.includes('mod'),
			ctrl: pieces.includes('ctrl'),
			alt: pieces.includes('alt'),
			shift: pieces.includes('shift'),
		};
	});
}

/** Whether the keys would also type something: these are off while typing. */
export function isPlain(strokes: readonly Stroke[]): boolean {
	return strokes.every((stroke) => !stroke.mod && !stroke.ctrl && !stroke.alt);
}

export const isModifier = (press: Press): boolean => modifiers.includes(press.key.toLowerCase());

function sameKey(stroke: Stroke, press: Press): boolean {
	const pressed = press.key.toLowerCase();
	if (pressed === stroke.key) return true;
	if (stroke.key === 'del') return pressed === 'delete' || pressed === 'backspace';
	// Layouts where digits need Shift, or letters are not Latin: go by the place of the key.
	if (/^\d$/.test(stroke.key)) return press.code === `Digit${stroke.key}` && !press.shiftKey;
	if (/^[a-z]$/.test(stroke.key))
		return !/^[\x20-\x7f]$/.test(pressed) && press.code === `Key${stroke.key.toUpperCase()}`;
	return false;
}

export function matches(stroke: Stroke, press: Press, mac: boolean): boolean {
	if (!sameKey(stroke, press)) return false;
	const symbol = stroke.key.length === 1 && !/^[a-z ]$/.test(stroke.key);
	// Symbols and digits may take Shift or AltGr to type, by layout.
	if (!(symbol && !stroke.shift) && press.shiftKey !== stroke.shift) return false;
	const typed = symbol && press.altGraph;
	const ctrl = stroke.ctrl || (stroke.mod && !mac);
	const meta = stroke.mod && mac;
	return (
		(press.ctrlKey && !typed) === ctrl &&
		press.metaKey === meta &&
		(press.altKey && !typed) === stroke.alt
	);
}

export interface Advance<B> {
	/** The binding whose keys are now complete. */
	hit?: B;
	/** Presses of a sequence under way. */
	pending: Press[];
}

/**
 * Takes one more press. `bindings` stand in order of precedence. A press that
 * breaks a sequence starts a new one.
 */
export function advance<B extends { strokes: readonly Stroke[] }>(
	pending: readonly Press[],
	press: Press,
	bindings: readonly B[],
	mac: boolean,
): Advance<B> {
	if (isModifier(press)) return { pending: [...pending] };
	const presses = [...pending, press];
	const fits = bindings.filter(
		({ strokes }) =>
			strokes.length >= presses.length &&
			presses.every((p, i) => {
				const stroke = strokes[i];
				return stroke !== undefined && matches(stroke, p, mac);
			}),
	);
	const hit = fits.find(({ strokes }) => strokes.length === presses.length);
	if (hit) return { hit, pending: [] };
	if (fits.length > 0) return { pending: presses };
	return pending.length > 0 ? advance([], press, bindings, mac) : { pending: [] };
}

/** What is printed on keys, one list per stroke: "shift+e" is [["shift", "E"]]. Names are `KeyCap`s. */
export function keyCaps(keys: string, mac: boolean): string[][] {
	return parseKeys(keys).map((stroke) => {
		const caps: string[] = [];
		if (stroke.mod) caps.push(mac ? 'cmd' : 'Ctrl');
		if (stroke.ctrl) caps.push('Ctrl');
		if (stroke.alt) caps.push(mac ? '⌥' : 'Alt');
		if (stroke.shift) caps.push('shift');
		caps.push(
			capNames[stroke.key] ?? (stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key),
		);
		return caps;
	});
}

const capNames: Record<string, string> = {
	' ': 'Space',
	escape: 'Esc',
	arrowup: '↑',
	arrowdown: '↓',
	arrowleft: '←',
	arrowright: '→',
	enter: 'enter',
	del: 'del',
};

/** Value of `aria-keyshortcuts`. Undefined for sequences, which it cannot say. */
export function ariaKeys(keys: string, mac: boolean): string | undefined {
	const [stroke, more] = parseKeys(keys);
	if (!stroke || more) return undefined;
	const parts: string[] = [];
	if (stroke.mod) parts.push(mac ? 'Meta' : 'Control');
	if (stroke.ctrl) parts.push('Control');
	if (stroke.alt) parts.push('Alt');
	if (stroke.shift) parts.push('Shift');
	const key = { del: 'Delete', ' ': 'Space' }[stroke.key] ?? stroke.key;
	return [
		...parts,
		key.length === 1 ? key.toUpperCase() : key[0]?.toUpperCase() + key.slice(1),
	].join('+');
}
