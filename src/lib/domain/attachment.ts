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

export function isText({ mediaType }: Attachment): boolean {
	return mediaType.startsWith('text/') || mediaType === 'application/json';
}
