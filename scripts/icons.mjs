// Draws the PNG icons from static/favicon.svg with Chromium. Run by hand (`npm run icons`)
// after changing the mark; the PNGs are committed.
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from './chromium.mjs';

const staticDir = new URL('../static/', import.meta.url);
const mark = await readFile(new URL('favicon.svg', staticDir), 'utf8');
// Platforms cut their own corners, so these fill the square; the maskable one also keeps the
// mark inside the safe circle of 80 %.
const square = mark.replace(/ rx="[\d.]+"/, '');
const maskable = square
	.replace('viewBox="0 0 40 40"', 'viewBox="-3 -3 46 46"')
	.replace('<rect width="40" height="40"', '<rect x="-3" y="-3" width="46" height="46"');

const icons = [
	{ file: 'icon-192.png', svg: mark, size: 192 },
	{ file: 'icon-512.png', svg: mark, size: 512 },
	{ file: 'icon-maskable-512.png', svg: maskable, size: 512 },
	{ file: 'apple-touch-icon.png', svg: square, size: 180 },
];

const browser = await chromium.launch({
	executablePath: ensureChromium(console.log),
	args: chromiumArgs,
});
const page = await browser.newPage();
for (const { file, svg, size } of icons) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
	await writeFile(new URL(file, staticDir), await page.screenshot({ omitBackground: true }));
	console.log(`static/${file} ${size} px`);
}
await browser.close();
