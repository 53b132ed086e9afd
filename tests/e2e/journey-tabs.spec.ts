/** Two tabs of one device. */
import { expect, test } from './support/app';
import { endless, practiceRun } from './support/practice';

test('a second tab shows the same run while it streams, and either may cancel it', async ({
	app,
}) => {
	const run = await practiceRun(app, { prompt: `Say hello\n${endless}` });
	const other = await run.openOn(await app.context.newPage());
	// Words that are not in the log yet: they come from the tab that runs.
	await other.says('Practice replies are scripted');
	await other.is('Running');
	await expect(other.row).toContainText('Running');
	await expect(
		other.page.getByRole('region', { name: 'Running now' }).getByRole('link'),
	).toHaveCount(1);
	await other.press('Cancel');
	await run.is('Cancelled');
	await other.is('Cancelled');
	expect(await run.log.of('cancel-requested')).toHaveLength(1);
	expect(await run.log.of('ended')).toMatchObject([{ status: 'cancelled' }]);
});
