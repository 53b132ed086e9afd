/** A text being written that a closed dialog, a reload or a killed tab does not lose. `key` names it on this device. */
export class KeptText {
	#text: string;
	readonly #key: string;

	constructor(key: string) {
		this.#key = `muster.text.${key}`;
		let kept = '';
		try {
			kept = localStorage.getItem(this.#key) ?? '';
		} catch {
			// A browser without a shelf keeps it in the page, as any form.
		}
		this.#text = $state(kept);
	}

	get text(): string {
		return this.#text;
	}
	set text(text: string) {
		this.#text = text;
		try {
			if (text) localStorage.setItem(this.#key, text);
			else localStorage.removeItem(this.#key);
		} catch {
			// No room on the shelf: it stays in this page.
		}
	}

	clear(): void {
		this.text = '';
	}
}
