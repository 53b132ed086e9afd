/** Where a failure of this code is put right, if that is a place in the app. */
export function failurePlace(code: string): { href: string; label: string } | null {
	switch (code) {
		case 'bad-key':
		case 'locked-key':
		case 'no-connection':
		case 'cors-organisation':
		case 'forbidden':
		case 'no-model':
			return { href: '/settings/connections', label: 'Open Connections' };
		default:
			return null;
	}
}
