/**
 * What agent text can look like on screen. This is the allow-list: whatever the lexer finds and
 * has no shape here (raw HTML, images, unsafe links) becomes text before anything is rendered.
 */
export type Inline =
	| { type: 'text'; text: string }
	| { type: 'code'; text: string }
	| { type: 'strong' | 'emphasis' | 'strike'; children: Inline[] }
	| { type: 'break' }
	/** `note` is where the link leads, when its own text does not say so. */
	| { type: 'link'; href: string; note: string | null; children: Inline[] }
	/** Never loaded. `source` is set when the address may be offered as a link. */
	| { type: 'image'; alt: string; source: LinkTarget | null };

export interface LinkTarget {
	href: string;
	/** Host of a web address, or the address of a mailto: link. */
	host: string;
}

export interface ListItem {
	/** null: not a task. */
	checked: boolean | null;
	blocks: Block[];
}

export type Align = 'left' | 'center' | 'right' | null;

export type Block =
	/** `continued`: goes on from the paragraph before it, see segments.ts. */
	| { type: 'paragraph'; inline: Inline[]; continued: boolean }
	| { type: 'heading'; depth: number; inline: Inline[] }
	/** `text` has no final line break. `closed` is false while the fence is still open. */
	| { type: 'code'; lang: string; text: string; closed: boolean }
	| { type: 'list'; ordered: boolean; start: number; loose: boolean; items: ListItem[] }
	| { type: 'table'; align: Align[]; header: Inline[][]; rows: Inline[][][] }
	| { type: 'quote'; blocks: Block[] }
	| { type: 'rule' }
	/** Shown as it was written, because formatting it would take too long. */
	| { type: 'plain'; text: string };

export type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;
