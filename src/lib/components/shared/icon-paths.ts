/** Drawn on a 16 px grid with a 1.5 px stroke, round caps and joins, in the current colour. */
export interface IconShape {
	/** Stroked path. */
	line?: string;
	/** Filled path. */
	fill?: string;
	/** Filled path at a quarter of the colour: the unlit bars of effort. */
	dim?: string;
	/** Dash pattern of `line`. */
	dash?: string;
}

const ring = (cx: number, cy: number, r: number) =>
	`M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

const box = (x: number, y: number, w: number, h: number, r: number) =>
	`M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
	`h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

const circled = ring(8, 8, 6.25);
const shield = 'M8 1.75l5.25 1.75v4c0 3.25-2 5.5-5.25 6.75-3.25-1.25-5.25-3.5-5.25-6.75v-4z';
const sheet =
	'M9 1.75H4.5A1.25 1.25 0 0 0 3.25 3v10a1.25 1.25 0 0 0 1.25 1.25h7A1.25 1.25 0 0 0 12.75 13V5.5zM9 1.9v3.6h3.6';

const bars = [
	box(1.25, 10.5, 2.5, 3.25, 1),
	box(4.9, 7.75, 2.5, 6, 1),
	box(8.55, 5, 2.5, 8.75, 1),
	box(12.2, 2.25, 2.5, 11.5, 1),
];
const effort = (lit: number): IconShape => ({
	fill: bars.slice(0, lit).join(''),
	dim: bars.slice(lit).join(''),
});

const line = (path: string): IconShape => ({ line: path });

export const icons = {
	home: line(
		'M2.75 7 8 2.25 13.25 7v5.5a1.25 1.25 0 0 1-1.25 1.25H4a1.25 1.25 0 0 1-1.25-1.25zM6.25 13.75V10.5h3.5v3.25',
	),
	ticket: line(
		'M2.5 3.75h11a.75.75 0 0 1 .75.75v1.75a1.8 1.8 0 0 0 0 3.5v1.75a.75.75 0 0 1-.75.75h-11a.75.75 0 0 1-.75-.75V9.75a1.8 1.8 0 0 0 0-3.5V4.5a.75.75 0 0 1 .75-.75zM9.75 6.1h.01M9.75 8h.01M9.75 9.9h.01',
	),
	bolt: line('M9.25 1.75 3.25 9.25h4.25l-.75 5 6-7.5H8.5z'),
	agent: line(box(2.25, 5, 11.5, 8.5, 1.75) + 'M8 5V2.25M6 8.5v1.5M10 8.5v1.5'),
	chat: line('M2.5 13.4l.85-2.65A5.65 5.65 0 1 1 5.4 12.65z'),
	runs: line('M1.75 3.25h10.5M1.75 8h4M1.75 12.75h4M9.25 7.5v6l5-3z'),
	inbox: line(
		'M4.8 2.75h6.4a1.25 1.25 0 0 1 1.2.85l1.85 5.65v3A1.25 1.25 0 0 1 13 13.5H3a1.25 1.25 0 0 1-1.25-1.25v-3L3.6 3.6a1.25 1.25 0 0 1 1.2-.85zM1.9 9.25h3.35c.3 1.2 1.3 2 2.75 2s2.45-.8 2.75-2h3.35',
	),
	activity: line('M1.75 8h2.5l2.25-5.5 3.5 11L12 8h2.25'),
	settings: line(
		'M1.75 5h6.5M12.25 5h2M1.75 11h2M7.75 11h6.5' + ring(10.25, 5, 2) + ring(5.75, 11, 2),
	),
	search: line(ring(7, 7, 4.75) + 'M10.5 10.5 14 14'),
	plus: line('M8 2.75v10.5M2.75 8h10.5'),
	x: line('M3.75 3.75l8.5 8.5M12.25 3.75l-8.5 8.5'),
	check: line('M2.75 8.5l3.5 3.5 7-7.75'),
	minus: line('M3.25 8h9.5'),
	'chev-d': line('M4.25 6.25 8 10l3.75-3.75'),
	'chev-r': line('M6.25 4.25 10 8l-3.75 3.75'),
	'chev-l': line('M9.75 4.25 6 8l3.75 3.75'),
	'chev-ud': line('M5 6l3-3 3 3M5 10l3 3 3-3'),
	'arr-d': line('M8 3v10M3.75 8.75 8 13l4.25-4.25'),
	'arr-u': line('M8 13V3M3.75 7.25 8 3l4.25 4.25'),
	'arr-r': line('M3 8h10M8.75 3.75 13 8l-4.25 4.25'),
	'arr-ur': line('M4.25 11.75l7.5-7.5M5.75 4.25h6v6'),
	dots: { fill: ring(3, 8, 1.1) + ring(8, 8, 1.1) + ring(13, 8, 1.1) } as IconShape,
	archive: line(
		box(1.75, 2.5, 12.5, 3.5, 0.75) +
			'M3 6v6.25a1.25 1.25 0 0 0 1.25 1.25h7.5A1.25 1.25 0 0 0 13 12.25V6M6.5 9h3',
	),
	link: line(
		'M6.9 9.1a3 3 0 0 0 4.25 0l2.2-2.2a3 3 0 1 0-4.25-4.25L8 3.75M9.1 6.9a3 3 0 0 0-4.25 0l-2.2 2.2a3 3 0 1 0 4.25 4.25L8 12.25',
	),
	export: line(
		'M8 2v7.75M4.75 6.5 8 9.75l3.25-3.25M2 10.5v2a1.25 1.25 0 0 0 1.25 1.25h9.5A1.25 1.25 0 0 0 14 12.5v-2',
	),
	trash: line(
		'M2.5 4.25h11M6 4.25V3a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.25M3.75 4.25l.7 8.6a1.25 1.25 0 0 0 1.25 1.15h4.6a1.25 1.25 0 0 0 1.25-1.15l.7-8.6',
	),
	pencil: line(
		'M2.5 13.5l.75-3.25 7.6-7.6a1.25 1.25 0 0 1 1.77 0l.73.73a1.25 1.25 0 0 1 0 1.77l-7.6 7.6z',
	),
	fork: line(
		ring(4, 3.5, 1.75) +
			ring(4, 12.5, 1.75) +
			ring(12, 4, 1.75) +
			'M4 5.25v5.5M12 5.75C12 8.5 10.25 9 8 9.25s-3.6.5-4 1.5',
	),
	copy: line(
		box(5.5, 5.5, 8.25, 8.25, 1.25) +
			'M3.5 10.5a1.25 1.25 0 0 1-1.25-1.25V3.5A1.25 1.25 0 0 1 3.5 2.25h5.75A1.25 1.25 0 0 1 10.5 3.5',
	),
	clip: line(
		'M13.5 7.5l-5.4 5.4a3.5 3.5 0 0 1-4.95-4.95L8.8 2.3a2.35 2.35 0 0 1 3.3 3.3l-5.6 5.6a1.17 1.17 0 0 1-1.65-1.65l5.15-5.15',
	),
	stop: line(box(4, 4, 8, 8, 1.25)),
	play: line('M4.5 2.75v10.5L13 8z'),
	terminal: line(box(1.75, 2.5, 12.5, 11, 1.5) + 'M4.75 6l2 2-2 2M8.5 10.25h2.75'),
	file: line(sheet),
	write: line(
		'M8 2.75H3.75A1.25 1.25 0 0 0 2.5 4v8.25a1.25 1.25 0 0 0 1.25 1.25H12a1.25 1.25 0 0 0 1.25-1.25V8.25M6.5 9.5l.45-2.1 5.2-5.2a1.17 1.17 0 0 1 1.65 1.65L8.6 9.05z',
	),
	globe: line(
		circled +
			'M1.75 8h12.5M8 1.75c1.8 1.75 2.6 3.9 2.6 6.25s-.8 4.5-2.6 6.25C6.2 12.5 5.4 10.35 5.4 8S6.2 3.5 8 1.75z',
	),
	eye: line(
		'M1.5 8C2.75 5.25 5.1 3.75 8 3.75S13.25 5.25 14.5 8c-1.25 2.75-3.6 4.25-6.5 4.25S2.75 10.75 1.5 8z' +
			ring(8, 8, 1.75),
	),
	lock: line(box(2.75, 7, 10.5, 6.75, 1.25) + 'M5 7V4.75a3 3 0 0 1 6 0V7'),
	think: line('M5.75 11c0-1-.6-1.7-1.1-2.3a4.3 4.3 0 1 1 6.7 0c-.5.6-1.1 1.3-1.1 2.3zM6.5 14h3'),
	laptop: line(box(3, 3, 10, 7.25, 1.25) + 'M1.25 12.75h13.5'),
	tablet: line(box(2.75, 1.75, 10.5, 12.5, 1.5) + 'M7.5 11.5h1'),
	phone: line(box(4.25, 1.75, 7.5, 12.5, 1.5) + 'M7.75 11.5h.5'),
	devices: line(
		'M2.75 12.5V4A1.25 1.25 0 0 1 4 2.75h8.25M1.25 12.75h6' + box(9.75, 5.75, 4.5, 7.5, 1),
	),
	sync: line(
		'M13.6 6.75A5.75 5.75 0 0 0 3.75 4.1L2 5.75M2 2.25v3.5h3.5M2.4 9.25a5.75 5.75 0 0 0 9.85 2.65L14 10.25M14 13.75v-3.5h-3.5',
	),
	cloudcheck: line(
		'M4.5 13a3.1 3.1 0 0 1-.35-6.18 4.1 4.1 0 0 1 7.9.33A2.95 2.95 0 0 1 11.6 13zM6 9.6l1.4 1.4 2.6-2.9',
	),
	key: line(ring(5, 11, 2.75) + 'M7 9l6.75-6.75M11.25 4.75 13 6.5M9.25 6.75 10.5 8'),
	server: line(
		box(2, 2, 12, 5.25, 1.25) +
			box(2, 8.75, 12, 5.25, 1.25) +
			'M4.9 4.6h.01M8 4.6h3M4.9 11.4h.01M8 11.4h3',
	),
	chip: line(
		box(3.75, 3.75, 8.5, 8.5, 1.25) +
			'M6 3.75v-2M10 3.75v-2M6 14.25v-2M10 14.25v-2M3.75 6h-2M3.75 10h-2M14.25 6h-2M14.25 10h-2',
	),
	timer: line(ring(8, 9, 5.25) + 'M8 6.5V9M6.25 1.5h3.5'),
	calendar: line(box(2, 3, 12, 11, 1.5) + 'M2 6.75h12M5.25 1.5v3M10.75 1.5v3'),
	filter: line('M2 4h12M4.5 8h7M7 12h2'),
	sidebar: line(box(1.75, 2.5, 12.5, 11, 1.5) + 'M6.5 2.5v11'),
	at: line(ring(8, 8, 2.5) + 'M10.5 5.5v3.25a1.88 1.88 0 0 0 3.75 0V8a6.25 6.25 0 1 0-2.6 5.07'),
	person: line(ring(8, 5, 2.9) + 'M2.75 14c.4-2.7 2.5-4.1 5.25-4.1s4.85 1.4 5.25 4.1'),
	people: line(
		ring(6, 5, 2.65) +
			'M1.5 13.5c.25-2.5 2-3.9 4.5-3.9s4.25 1.4 4.5 3.9M10.4 2.5a2.65 2.65 0 0 1 0 5M12.25 9.9c1.4.55 2.15 1.8 2.25 3.6',
	),
	scales: line(
		'M8 1.75v12.25M5.25 14h5.5M2 4.25h2.25L8 3.25l3.75 1H14M3.6 4.5 1.6 9.25a2.15 2.15 0 0 0 4 0zM12.4 4.5l-2 4.75a2.15 2.15 0 0 0 4 0z',
	),
	book: line(
		'M8 4.25C6.75 3.25 5 2.9 1.75 3v9.5c3.25-.1 5 .25 6.25 1.25 1.25-1 3-1.35 6.25-1.25V3C11 2.9 9.25 3.25 8 4.25zv9.5',
	),
	code: line('M4.5 4.75 1.25 8l3.25 3.25M11.5 4.75 14.75 8l-3.25 3.25M9.25 2.75l-2.5 10.5'),
	tag: line(
		'M3.25 2.25h4.4l6.1 6.1a1.25 1.25 0 0 1 0 1.77l-3.63 3.63a1.25 1.25 0 0 1-1.77 0l-6.1-6.1v-4.4a1 1 0 0 1 1-1zM5.25 5.25h.01',
	),
	bug: line(
		box(4.75, 5.25, 6.5, 8.25, 3.1) +
			'M6 5.1a2 2 0 0 1 4 0M1.75 9.25h3M11.25 9.25h3M2.5 4.75l2.6 1.9M13.5 4.75l-2.6 1.9M2.5 13.5l2.6-1.75M13.5 13.5l-2.6-1.75',
	),
	doc: line(sheet + 'M5.75 8.25h4.5M5.75 11h3'),
	flask: line(
		'M6.25 1.75v4.1L3 12.2a1.25 1.25 0 0 0 1.1 1.8h7.8a1.25 1.25 0 0 0 1.1-1.8L9.75 5.85v-4.1M5.25 1.75h5.5M4.6 9.25h6.8',
	),
	box: line('M8 1.75l5.5 3.1v6.3L8 14.25l-5.5-3.1v-6.3zM2.75 5 8 8l5.25-3M8 8v6'),
	hammer: line(
		'M8.4 5.6 2.3 11.7a1.4 1.4 0 0 0 2 2l6.1-6.1M6.5 3.1c1.6-1.2 3.5-1.2 4.9.2l1.1 1.1v1.35h1.35L14.5 6.4 12.2 8.7l-4.6-4.6z',
	),
	flag: line('M3 14.25V3c3.5-1.75 6.5 1.25 10.25 0v6.5C9.5 10.75 6.5 7.75 3 9.5'),
	bell: line(
		'M2.75 11.25h10.5C12.35 10.35 12 9.25 12 7a4 4 0 0 0-8 0c0 2.25-.35 3.35-1.25 4.25zM7 14h2',
	),
	merge: line('M2.5 2.5V4c0 2.6 2.3 4.25 5.5 4.25S13.5 6.6 13.5 4V2.5M8 8.25v5.5'),
	pause: line('M5.75 3.25v9.5M10.25 3.25v9.5'),
	ret: line('M13.5 3.25v3.5a1.5 1.5 0 0 1-1.5 1.5H2.75M6 5 2.75 8.25 6 11.5'),
	cmd: line(
		'M5.5 10.5V4a1.75 1.75 0 1 0-1.75 1.75h8.5A1.75 1.75 0 1 0 10.5 4v8a1.75 1.75 0 1 0 1.75-1.75h-8.5A1.75 1.75 0 1 0 5.5 12z',
	),
	shift: line('M8 2.25l5.5 6h-2.75v5.25h-5.5V8.25H2.5z'),
	del: line(
		'M5.25 3.25H13a1.25 1.25 0 0 1 1.25 1.25v7A1.25 1.25 0 0 1 13 12.75H5.25L1.5 8zM7.75 6.25l3.25 3.5M11 6.25l-3.25 3.5',
	),
	qr: line(
		box(2, 2, 4.5, 4.5, 0.75) +
			box(9.5, 2, 4.5, 4.5, 0.75) +
			box(2, 9.5, 4.5, 4.5, 0.75) +
			'M9.5 9.5h1.5v1.5M14 9.5h.01M9.5 14h.01M12 14h2v-1.75',
	),
	shieldcheck: line(shield + 'M5.6 7.75 7.4 9.5l3-3.25'),
	undo: line('M5.25 2.75 2 6l3.25 3.25M2 6h8.25a3.75 3.75 0 0 1 0 7.5H6.5'),
	more: line('M2 3.5h12M2 8h12M2 12.5h12'),
	refresh: line('M13.1 5.25A5.8 5.8 0 1 0 13.8 8.5M13.5 2v3.5H10'),
	sort: line('M4.75 3v10M2 10.25 4.75 13l2.75-2.75M11.25 13V3M8.5 5.75 11.25 3 14 5.75'),
	image: line(
		box(1.75, 2.25, 12.5, 11.5, 1.5) + 'M2 11.25 5.5 7.75l2.75 2.75 2-2 3.75 3.5M11 5.5h.01',
	),
	wave: line('M1.5 6.75v2.5M4.1 5v6M6.7 3.25v9.5M9.3 2v12M11.9 4.5v7M14.5 6.75v2.5'),
	's-running': { line: 'M8 1.75a6.25 6.25 0 1 1-5.4 3.1', fill: ring(8, 8, 2) } as IconShape,
	's-completed': line(circled + 'M5.25 8.25l1.9 1.9 3.6-4'),
	's-failed': line(
		'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4zM8 4.75v3.75M8 11.1h.01',
	),
	's-cancelled': line(circled + 'M3.6 12.4l8.8-8.8'),
	's-waiting': line(circled + 'M8 4.5V8l2.25 1.6'),
	's-permission': { line: shield + 'M8 7.25v2.5', fill: ring(8, 6.5, 1.15) } as IconShape,
	's-queued': { line: circled, dash: '2.6 2.31' } as IconShape,
	's-idle': line(circled),
	's-half': { line: circled, fill: 'M8 4.75a3.25 3.25 0 0 1 0 6.5z' } as IconShape,
	'm-standard': line(ring(8, 8, 2.5) + 'M1.5 8h4M10.5 8h4'),
	'm-council': line(
		ring(8, 3.5, 2) +
			ring(3.5, 11.75, 2) +
			ring(12.5, 11.75, 2) +
			'M6.1 4.6A5.3 5.3 0 0 0 2.95 9.6M9.9 4.6a5.3 5.3 0 0 1 3.15 5M5.3 12.9a5.6 5.6 0 0 0 5.4 0',
	),
	'm-team': {
		line:
			'M8 6.25v2M3.75 10.5V8.25h8.5v2.25' +
			box(1.5, 10.5, 4, 3.75, 0.75) +
			box(10.5, 10.5, 4, 3.75, 0.75),
		fill: box(4.9, 1, 6.2, 5.6, 1.4),
	} as IconShape,
	e0: effort(0),
	e1: effort(1),
	e2: effort(2),
	e3: effort(3),
	e4: effort(4),
	support: { fill: ring(8, 8, 5.9) } as IconShape,
	cond: { line: ring(8, 8, 5.1), fill: 'M8 3a5 5 0 0 1 0 10z' } as IconShape,
	oppose: line(ring(8, 8, 5.1)),
	pass: line('M3.5 8h9'),
} satisfies Record<string, IconShape>;

export type IconName = keyof typeof icons;

/** Icons offered for agents. Plain things only: no status, mode, effort or arrow, which mean something. */
export const agentIcons = [
	'agent',
	'book',
	'search',
	'code',
	'bug',
	'flask',
	'hammer',
	'terminal',
	'write',
	'doc',
	'file',
	'tag',
	'box',
	'scales',
	'people',
	'person',
	'chat',
	'globe',
	'image',
	'wave',
	'activity',
	'calendar',
	'timer',
	'flag',
	'bell',
	'think',
	'eye',
	'key',
	'lock',
	'shieldcheck',
	'server',
	'chip',
	'link',
	'bolt',
	'inbox',
	'ticket',
] as const satisfies readonly IconName[];

export const isIconName = (name: string): name is IconName => Object.hasOwn(icons, name);
