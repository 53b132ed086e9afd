import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No serious or critical violation that axe can see. In the dark theme nothing but colours is another. */
export async function expectSound(page: Page, screen: string): Promise<void> {
	const axe = new AxeBuilder({ page });
	const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
	const { violations } = await (isDark ? axe.withRules(['color-contrast']) : axe).analyze();
	const grave = violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ target }) => target).join(' | ')}`);
	expect.soft(grave).toEqual([]);
}
