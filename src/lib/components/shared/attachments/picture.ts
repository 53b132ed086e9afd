import type { Attachment as Attach } from 'svelte/attachments';
import type { Attachment } from '$lib/domain/attachment';

export function blobOf({ data, mediaType }: Attachment): Blob {
	const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
	return new Blob([bytes], { type: mediaType });
}

/** Shows an attached image, and gives its memory back. */
export function pictureOf(file: Attachment): Attach<HTMLImageElement> {
	return (image) => {
		const url = URL.createObjectURL(blobOf(file));
		image.src = url;
		return () => URL.revokeObjectURL(url);
	};
}
