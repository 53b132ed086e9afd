import type { Attachment } from 'svelte/attachments';
import { allowedMoves } from '$lib/domain/tickets/rules';
import { ticketStatuses, type Ticket, type TicketStatus } from '$lib/domain/tickets/ticket';

/** Px a mouse moves before a press is a drag, and a finger before it is a scroll. */
const SLOP = 6;
/** Ms a finger rests before it takes hold. */
const HOLD_MS = 320;
/** Width of the edge that scrolls, and how far it does in one frame, px. */
const EDGE = 48;
const PACE = 12;

/**
 * A ticket being carried over the board by mouse or finger. Places it can be dropped on carry `data-drop` with
 * their status. Esc lets it go where it was.
 */
export class TicketDrag {
	ticket = $state.raw<Ticket | null>(null);
	over = $state.raw<TicketStatus | null>(null);
	#at = $state.raw({ x: 0, y: 0 });
	#frame = 0;

	constructor(private readonly ondrop: (ticket: Ticket, to: TicketStatus) => void) {}

	/** Whether what is carried may be dropped there; true while nothing is carried. */
	takes(status: TicketStatus): boolean {
		const { ticket } = this;
		return !ticket || ticket.status === status || allowedMoves[ticket.status].includes(status);
	}

	/** Follows the pointer. */
	readonly ghost: Attachment<HTMLElement> = (node) => {
		$effect(() => {
			node.style.transform = `translate(${this.#at.x}px, ${this.#at.y}px)`;
		});
	};

	/** Makes an element the handle of a ticket. */
	handle(ticket: () => Ticket): Attachment<HTMLElement> {
		return (node) => {
			let begun: { x: number; y: number; id: number } | null = null;
			let timer: ReturnType<typeof setTimeout> | undefined;

			const begin = () => {
				if (!begun) return;
				clearTimeout(timer);
				node.setPointerCapture(begun.id);
				this.#begin(ticket(), begun);
			};
			const end = () => {
				clearTimeout(timer);
				begun = null;
				this.#end();
			};
			const down = (event: PointerEvent) => {
				const onControl = event.target instanceof Element && event.target.closest('button');
				if (event.button !== 0 || onControl || begun) return;
				begun = { x: event.clientX, y: event.clientY, id: event.pointerId };
				if (event.pointerType !== 'mouse') timer = setTimeout(begin, HOLD_MS);
			};
			const move = (event: PointerEvent) => {
				if (!begun || event.pointerId !== begun.id) return;
				if (this.ticket) return this.#move(event.clientX, event.clientY);
				const far = Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > SLOP;
				if (!far) return;
				if (event.pointerType !== 'mouse') return end();
				begin();
				this.#move(event.clientX, event.clientY);
			};
			const up = (event: PointerEvent) => {
				if (!begun || event.pointerId !== begun.id) return;
				const { ticket: carried, over } = this;
				end();
				if (!carried) return;
				// The press was no click.
				addEventListener('click', swallow, { capture: true, once: true });
				setTimeout(() => removeEventListener('click', swallow, { capture: true }));
				if (over && over !== carried.status) this.ondrop(carried, over);
			};
			const key = (event: KeyboardEvent) => {
				if (event.key !== 'Escape' || !this.ticket) return;
				event.preventDefault();
				event.stopPropagation();
				end();
			};
			// A finger that carries does not scroll, and one that rests opens no menu of the browser's.
			const touch = (event: TouchEvent) => this.ticket && event.preventDefault();
			const menu = (event: Event) => begun && event.preventDefault();
			const native = (event: Event) => event.preventDefault();

			node.addEventListener('pointerdown', down);
			node.addEventListener('pointermove', move);
			node.addEventListener('pointerup', up);
			node.addEventListener('pointercancel', end);
			node.addEventListener('touchmove', touch, { passive: false });
			node.addEventListener('contextmenu', menu);
			node.addEventListener('dragstart', native);
			addEventListener('keydown', key, { capture: true });
			return () => {
				if (begun) end();
				removeEventListener('keydown', key, { capture: true });
				node.removeEventListener('pointerdown', down);
				node.removeEventListener('pointermove', move);
				node.removeEventListener('pointerup', up);
				node.removeEventListener('pointercancel', end);
				node.removeEventListener('touchmove', touch);
				node.removeEventListener('contextmenu', menu);
				node.removeEventListener('dragstart', native);
			};
		};
	}

	#begin(ticket: Ticket, { x, y }: { x: number; y: number }): void {
		this.ticket = ticket;
		this.#move(x, y);
		const scroll = () => {
			this.#scroll();
			this.#frame = requestAnimationFrame(scroll);
		};
		this.#frame = requestAnimationFrame(scroll);
	}

	#move(x: number, y: number): void {
		this.#at = { x, y };
		this.#look();
	}

	#look(): void {
		const place = document.elementFromPoint(this.#at.x, this.#at.y)?.closest('[data-drop]');
		const status = place instanceof HTMLElement ? place.dataset['drop'] : undefined;
		this.over = ticketStatuses.find((one) => one === status) ?? null;
	}

	/** What lies beyond the edge comes nearer while the pointer rests there. */
	#scroll(): void {
		const { x, y } = this.#at;
		const under = document.elementFromPoint(x, y);
		const pane = under?.closest<HTMLElement>('[data-scroll="x"]');
		const column = under?.closest<HTMLElement>('[data-scroll="y"]');
		if (pane) pane.scrollLeft += stepAt(x, pane.getBoundingClientRect(), 'left', 'right');
		if (column) column.scrollTop += stepAt(y, column.getBoundingClientRect(), 'top', 'bottom');
		if (pane ?? column) this.#look();
	}

	#end(): void {
		cancelAnimationFrame(this.#frame);
		this.ticket = null;
		this.over = null;
	}
}

function stepAt(at: number, box: DOMRect, start: 'left' | 'top', end: 'right' | 'bottom'): number {
	if (at < box[start] + EDGE) return -PACE;
	return at > box[end] - EDGE ? PACE : 0;
}

function swallow(event: Event): void {
	event.preventDefault();
	event.stopPropagation();
}
