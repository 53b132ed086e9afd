/** Who waits for something of a room hears of it whenever the room has changed. */
export class RoomNews {
	#waiting = new Map<string, Set<() => void>>();

	tell(meaning: string): void {
		for (const look of [...(this.#waiting.get(meaning) ?? [])]) look();
	}

	tellAll(): void {
		for (const meaning of [...this.#waiting.keys()]) this.tell(meaning);
	}

	/** True once it is so; false once `isOver`, when nobody can say any more. */
	until(meaning: string, so: () => boolean, isOver: () => boolean): Promise<boolean> {
		return new Promise((done) => {
			const looks = this.#waiting.get(meaning) ?? new Set();
			this.#waiting.set(meaning, looks);
			const look = () => {
				if (!so() && !isOver()) return;
				looks.delete(look);
				if (looks.size === 0) this.#waiting.delete(meaning);
				done(so());
			};
			looks.add(look);
			look();
		});
	}
}
