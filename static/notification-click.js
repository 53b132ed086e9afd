// Part of the service worker: a click on a notification brings the app forward, at the request.
self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	const path = event.notification.data?.path ?? '/inbox';
	event.waitUntil(
		(async () => {
			const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
			if (!page) return void (await self.clients.openWindow(path));
			page.postMessage({ muster: 'open', path });
			await page.focus();
		})(),
	);
});
