import { readPreference, writePreference } from './platform';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** Also read by static/theme.js, which sets the theme before the first paint. */
const KEY = 'muster.theme';

const asChoice = (stored: string | null): ThemeChoice =>
	stored === 'light' || stored === 'dark' ? stored : 'system';

class Theme {
	#choice = $state<ThemeChoice>(asChoice(readPreference(KEY)));
	#systemDark = $state(false);

	get choice(): ThemeChoice {
		return this.#choice;
	}

	/** What is shown. */
	get shown(): 'light' | 'dark' {
		if (this.#choice !== 'system') return this.#choice;
		return this.#systemDark ? 'dark' : 'light';
	}

	choose(choice: ThemeChoice): void {
		this.#choice = choice;
		writePreference(KEY, choice === 'system' ? null : choice);
		this.#apply();
	}

	/** Follows the system and the other tabs. Returns the stop. */
	attach(): () => void {
		const system = matchMedia('(prefers-color-scheme: dark)');
		const onSystem = () => {
			this.#systemDark = system.matches;
			this.#apply();
		};
		const onStorage = (event: StorageEvent) => {
			if (event.key !== KEY && event.key !== null) return;
			this.#choice = asChoice(readPreference(KEY));
			this.#apply();
		};
		onSystem();
		system.addEventListener('change', onSystem);
		addEventListener('storage', onStorage);
		return () => {
			system.removeEventListener('change', onSystem);
			removeEventListener('storage', onStorage);
		};
	}

	#apply(): void {
		document.documentElement.dataset.theme = this.shown;
	}
}

export const theme = new Theme();
