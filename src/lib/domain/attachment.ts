import type { ModelInfo, Quirks } from './connection';

/** A file that a person hands along with what they say. It is part of the log, so it is there wherever the log is. */
export interface Attachment {
	name: string;
	/** IANA media type: `text/plain`, `image/png`, `application/pdf`, … */
	mediaType: string;
	/** Of the file, bytes. */
	size: number;
	/** Text as it is; anything else in base64. */
	data: string;
}

/** A text handed along that the person did not write, such as a ticket. */
export interface ContextPiece {
	/** What it is, for the line that stands for it: "T-042 Avatar upload fails on iPad". */
	title: string;
	text: string;
}

export type AttachmentKind = 'text' | 'image' | 'pdf';

/** Most bytes of one image, as the Messages API has it. */
export const MOST_IMAGE_BYTES = 5 * 1024 * 1024;
/** Most bytes of all files of one message. */
export const MOST_BYTES = 10 * 1024 * 1024;

/** Image types that the Messages API knows. */
const imageTypes: ReadonlySet<string> = new Set([
	'image/png',
	'image/jpeg',
	'image/gif',
	'image/webp',
]);

export function kindOf({ mediaType }: Pick<Attachment, 'mediaType'>): AttachmentKind {
	if (imageTypes.has(mediaType)) return 'image';
	return mediaType === 'application/pdf' ? 'pdf' : 'text';
}

/** What is wrong with these files as those of one message; null when nothing is. */
export function attachmentsProblem(
	files: readonly Pick<Attachment, 'name' | 'mediaType' | 'size'>[],
): string | null {
	const large = files.find((file) => kindOf(file) === 'image' && file.size > MOST_IMAGE_BYTES);
	if (large) return `${large.name} is larger than 5 MB, the most an image may have.`;
	const together = files.reduce((sum, { size }) => sum + size, 0);
	return together > MOST_BYTES
		? 'Together these files are larger than 10 MB, the most one message may carry.'
		: null;
}

/** Whether a model is sent files of a kind. Where nobody says, they are sent, and the endpoint decides. */
export function takes(
	what: 'images' | 'pdf',
	model: Pick<ModelInfo, 'images' | 'pdf' | 'source'>,
	{ listsInputs }: Pick<Quirks, 'listsInputs'>,
): boolean {
	return model[what] || model.source === 'typed' || !listsInputs;
}

/** A text file as it stands in a message: its name, and where it begins and ends. */
export function asQuoted({ name, data }: Pick<Attachment, 'name' | 'data'>): string {
	const plain = name.replace(/["<>\p{Cc}]/gu, '_');
	return `<attachment name="${plain}">\n${data}\n</attachment>`;
}
