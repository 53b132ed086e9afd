/** A question an agent asks the person with `ask_user`. One call may carry up to four. */
export interface Question {
	id: string;
	text: string;
	type: 'single' | 'multiple' | 'text';
	/** For `single` and `multiple`. */
	options: { label: string; description?: string }[];
	required: boolean;
}

/** The chosen labels (one for `single`), or the text; `null` where a skippable question was left out. */
export interface Answer {
	id: string;
	chosen: string[] | null;
	text: string | null;
}
