import type { BlockOf, Inline } from '$lib/domain/markdown/ast';
import { updateInline } from './inline-view';

type Table = BlockOf<'table'>;

/**
 * Rows of one table element. A table lays out all of its rows when one is added, so a longer one
 * goes on in another element below, with the columns of the first.
 */
const partLength = 60;

export function createTable(table: Table): HTMLElement {
	const scroller = document.createElement('div');
	scroller.className = 'table-scroll';
	scroller.tabIndex = 0;
	scroller.setAttribute('role', 'region');
	scroller.setAttribute('aria-label', 'Table');
	addPart(scroller, table);
	updateRows(scroller, [], table);
	return scroller;
}

/** @returns false when the header is another */
export function updateTable(scroller: Element, last: Table, next: Table): boolean {
	if (last.header !== next.header && headOf(last) !== headOf(next)) return false;
	updateRows(scroller, last.rows, next);
	return true;
}

function headOf({ header, align }: Table): string {
	return JSON.stringify([header, align]);
}

function updateRows(scroller: Element, before: readonly Inline[][][], table: Table): void {
	const bodies = scroller.getElementsByTagName('tbody');
	for (const [index, next] of table.rows.entries()) {
		const last = before[index];
		if (last === next) continue;
		const body = bodies[Math.floor(index / partLength)] ?? addPart(scroller, table);
		const row = body.rows[index % partLength];
		if (!row || !last) {
			body.append(rowOf('td', next, table));
			continue;
		}
		for (const [column, cell] of next.entries()) {
			const place = row.cells[column];
			if (place) updateInline(place, last[column] ?? [], cell);
		}
	}
	for (let index = before.length - 1; index >= table.rows.length; index--) {
		const body = bodies[Math.floor(index / partLength)];
		body?.rows[index % partLength]?.remove();
		if (index >= partLength && body?.rows.length === 0) body.parentElement?.remove();
	}
}

function addPart(scroller: Element, table: Table): HTMLTableSectionElement {
	const part = document.createElement('table');
	const head = document.createElement('thead');
	head.append(rowOf('th', table.header, table));
	const body = document.createElement('tbody');
	const first = scroller.querySelector('table');
	if (first) {
		// Its header is for those who hear the table; to the eye it is one table.
		head.className = 'again';
		fixColumns(first, first);
		fixColumns(part, first);
	}
	part.append(head, body);
	scroller.append(part);
	return body;
}

function fixColumns(part: HTMLTableElement, first: HTMLTableElement): void {
	if (part.querySelector('colgroup')) return;
	const widths = [...(first.rows[0]?.cells ?? [])].map(
		(cell) => cell.getBoundingClientRect().width,
	);
	const group = document.createElement('colgroup');
	for (const width of widths) {
		const column = document.createElement('col');
		column.style.width = `${width}px`;
		group.append(column);
	}
	part.prepend(group);
	part.classList.add('fixed');
	part.style.width = `${widths.reduce((sum, width) => sum + width, 0)}px`;
}

function rowOf(tag: 'th' | 'td', cells: Inline[][], { align }: Table): HTMLTableRowElement {
	const row = document.createElement('tr');
	for (const [column, inline] of cells.entries()) {
		const cell = document.createElement(tag);
		if (tag === 'th') cell.scope = 'col';
		const side = align[column];
		if (side === 'center' || side === 'right') cell.className = side;
		updateInline(cell, [], inline);
		row.append(cell);
	}
	return row;
}
