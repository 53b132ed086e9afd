/** Where sessions are linked to a ticket, from anywhere. It is light: the dialog is loaded when it first opens. */
class TicketPickerDoor {
	/** Sessions to link; null while the dialog is closed. */
	ids = $state.raw<string[] | null>(null);
	/** Whether they are archived as they are linked. */
	archives = $state.raw(false);
	/** What goes on around the act, as where its rows are shown. */
	around: ((act: () => Promise<void>) => unknown) | null = null;

	open(
		ids: string[],
		{ archive = false, around }: { archive?: boolean; around?: TicketPickerDoor['around'] } = {},
	): void {
		if (ids.length === 0) return;
		this.around = around ?? null;
		this.archives = archive;
		this.ids = ids;
	}

	close(): void {
		this.ids = null;
	}
}

export const ticketPicker = new TicketPickerDoor();
