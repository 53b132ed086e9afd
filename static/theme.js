// Sets the theme before the first paint. Later changes are src/lib/state/theme.svelte.ts, same key.
(() => {
	let choice = null;
	try {
		choice = localStorage.getItem('muster.theme');
	} catch {
		// Storage is closed to us: follow the system.
	}
	const dark =
		choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
	document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
