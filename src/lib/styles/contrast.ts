/** sRGB, 0 to 1, gamma-encoded. */
export interface Colour {
	rgb: readonly [number, number, number];
	alpha: number;
	/** Lay outside sRGB and was cut to it. */
	clipped: boolean;
}

const encode = (x: number) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
const decode = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);

/** `oklch(L C H)` or `oklch(L C H/A)`, plain numbers. Matrices: Björn Ottosson, "A perceptual color space". */
export function oklch(text: string): Colour {
	const match = /oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*(?:\/\s*([\d.]+))?\)/.exec(text);
	if (!match) throw new Error(`Not an oklch() colour: ${text}`);
	const [lightness = 0, chroma = 0, hue = 0, alpha = 1] = match
		.slice(1)
		.map((part) => (part === undefined ? undefined : Number(part)));
	const a = chroma * Math.cos((hue * Math.PI) / 180);
	const b = chroma * Math.sin((hue * Math.PI) / 180);
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const linear = [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
	] as const;
	const cut = (x: number) => encode(Math.min(1, Math.max(0, x)));
	return {
		rgb: [cut(linear[0]), cut(linear[1]), cut(linear[2])],
		alpha,
		clipped: linear.some((x) => x < -0.002 || x > 1.002),
	};
}

/** `top` laid over an opaque `ground`. */
export function mix(top: Colour, ground: Colour): Colour {
	const over = (i: 0 | 1 | 2) => top.rgb[i] * top.alpha + ground.rgb[i] * (1 - top.alpha);
	return { rgb: [over(0), over(1), over(2)], alpha: 1, clipped: top.clipped || ground.clipped };
}

const luminance = ({ rgb }: Colour) =>
	0.2126 * decode(rgb[0]) + 0.7152 * decode(rgb[1]) + 0.0722 * decode(rgb[2]);

/** WCAG 2 contrast ratio of two opaque colours, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
	const [x, y] = [luminance(a), luminance(b)];
	return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
