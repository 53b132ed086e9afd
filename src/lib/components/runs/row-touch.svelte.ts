/** How long a finger rests on a row to select it, ms. */
const LONG_PRESS_MS = 450;
/** How far a finger may stray while it rests, and has to go for a swipe to begin. CSS px. */
const STRAY = 10;
/** How far a row has to be drawn aside for its act, CSS px. */
const FAR = 88;

export type Side = 'left' | 'right';

interface Acts {
	/** A row was pressed long. */
	press: (id: string) => void;
	/** A row was drawn aside far enough, and let go. */
	swipe: (id: string, side: Side, at: { x: number; y: number }) => void;
}

/** Fingers on rows: a long press selects, and a row can be drawn aside. Works on whatever has a `data-id`. */
export class RowTouch {
	/** The row that is drawn aside; `far`: letting go now acts. */
	drawn = $state.raw<{ id: string; side: Side; far: boolean } | null>(null);

	#acts: Acts;
	#start: { id: string; row: HTMLElement; x: number; y: number; pointer: number } | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** The click that follows a press or a swipe opens nothing. */
	#spent = false;

	constructor(acts: Acts) {
		this.#acts = acts;
	}

	/** Ties it to the list. An attachment. */
	attach = (node: HTMLElement): (() => void) => {
		const stop = new AbortController();
		const { signal } = stop;
		node.addEventListener('pointerdown', (event) => this.#down(event), { signal });
		node.addEventListener('pointermove', (event) => this.#move(event), { signal });
		node.addEventListener('pointerup', (event) => this.#up(event), { signal });
		node.addEventListener('pointercancel', () => this.#end(), { signal });
		node.addEventListener('click', (event) => this.#click(event), { signal, capture: true });
		// The browser's own menu for a link comes with the same long press.
		node.addEventListener(
			'contextmenu',
			(event) => {
				if (this.#start || this.#spent) event.preventDefault();
			},
			{ signal },
		);
		return () => {
			this.#end();
			stop.abort();
		};
	};

	#down(event: PointerEvent): void {
		this.#end();
		this.#spent = false;
		const row = rowOf(event);
		const id = row?.dataset['id'];
		if (event.pointerType !== 'touch' || !event.isPrimary || !row || !id) return;
		this.#start = { id, row, x: event.clientX, y: event.clientY, pointer: event.pointerId };
		this.#timer = setTimeout(() => {
			this.#end();
			this.#spent = true;
			this.#acts.press(id);
		}, LONG_PRESS_MS);
	}

	#move(event: PointerEvent): void {
		const start = this.#start;
		if (!start || event.pointerId !== start.pointer) return;
		const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
		if (!this.drawn) {
			if (Math.hypot(dx, dy) < STRAY) return;
			clearTimeout(this.#timer);
			if (Math.abs(dx) < 2 * Math.abs(dy)) return this.#end();
			start.row.setPointerCapture(event.pointerId);
			start.row.classList.add('drawn');
		}
		const side = dx < 0 ? 'left' : 'right';
		this.drawn = { id: start.id, side, far: Math.abs(dx) >= FAR };
		start.row.style.translate = `${dx}px`;
	}

	#up(event: PointerEvent): void {
		const { drawn } = this;
		const start = this.#start;
		this.#end();
		if (!drawn || !start) return;
		this.#spent = true;
		if (drawn.far) this.#acts.swipe(drawn.id, drawn.side, { x: event.clientX, y: event.clientY });
	}

	#click(event: MouseEvent): void {
		if (!this.#spent) return;
		this.#spent = false;
		event.preventDefault();
		event.stopPropagation();
	}

	#end(): void {
		clearTimeout(this.#timer);
		this.#start?.row.style.removeProperty('translate');
		this.#start?.row.classList.remove('drawn');
		this.#start = null;
		this.drawn = null;
	}
}

const rowOf = ({ target }: Event): HTMLElement | null =>
	target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;
