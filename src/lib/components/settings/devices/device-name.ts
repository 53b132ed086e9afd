/** What a device may be called, from what its browser says of itself: "iPad", "Mac", "Windows PC". */
export function deviceNameGuess(
	agent = navigator.userAgent,
	touches = navigator.maxTouchPoints,
): string {
	const kinds: [RegExp, string][] = [
		[/iPad/, 'iPad'],
		[/iPhone/, 'iPhone'],
		[/Android.*Mobile/, 'Android phone'],
		[/Android/, 'Android tablet'],
		[/CrOS/, 'Chromebook'],
		[/Windows/, 'Windows PC'],
		[/Linux|X11/, 'Linux PC'],
	];
	// An iPad says that it is a Mac, which has no touch screen.
	if (/Macintosh/.test(agent)) return touches > 1 ? 'iPad' : 'Mac';
	return kinds.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Another device';
}
