/** Where sessions are linked to a ticket, from anywhere. It is light: the dialog is loaded when it first opens. */
class TicketPickerDoor {
	/** Sessions to link; null while the dialog is closed. */
	ids = $state.raw<string[] | null>(null);
	/** Whether they are archived as they are linked. */
	archives = $state.raw(false);

	open(ids: string[], { archive = false }: { archive?: boolean } = {}): void {
		if (ids.length === 0) return;
		this.archives = archive;
		this.ids = ids;
	}

	close(): void {
		this.ids = null;
	}
}

export const ticketPicker = new TicketPickerDoor();
