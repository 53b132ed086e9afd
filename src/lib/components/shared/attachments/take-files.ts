import type { Attachment } from 'svelte/attachments';
import type { AttachedFiles } from '$lib/state/attached-files.svelte';

/** Files that are pasted into an element or dropped on it go along with the message. */
export function takeFiles(files: AttachedFiles): Attachment<HTMLElement> {
	return (node) => {
		const onPaste = (event: ClipboardEvent) => take(event, event.clipboardData);
		const onDrop = (event: DragEvent) => take(event, event.dataTransfer);
		const onDragOver = (event: DragEvent) => {
			if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
		};
		const take = (event: Event, from: DataTransfer | null) => {
			const dropped = [...(from?.files ?? [])];
			// Text from a word processor comes with a picture of itself.
			if (dropped.length === 0 || from?.types.includes('text/plain')) return;
			event.preventDefault();
			void files.add(dropped);
		};
		node.addEventListener('paste', onPaste);
		node.addEventListener('drop', onDrop);
		node.addEventListener('dragover', onDragOver);
		return () => {
			node.removeEventListener('paste', onPaste);
			node.removeEventListener('drop', onDrop);
			node.removeEventListener('dragover', onDragOver);
		};
	};
}
