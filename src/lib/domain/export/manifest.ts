/** The list of contents of an archive of sessions: `manifest.json` in its root. */
import type { SessionRow } from '../session-row';

/** What to put in of each session. */
export interface ExportWish {
	/** Structured outputs or else the answer, and files as they are now. */
	outputs: boolean;
	/** Its log, which Muster can read again. */
	json: boolean;
	/** A document for people. */
	markdown: boolean;
}

export type PieceKind = 'output' | 'answer' | 'file' | 'session' | 'transcript';

export interface ManifestFile {
	kind: PieceKind;
	/** Within the archive. */
	path: string;
	/** What the agent called it, where the archive can't. */
	name?: string;
	/** Bytes. */
	size: number;
	/** Of its bytes, hex. */
	sha256: string;
	version?: number;
	/** How many things about it do not fit its schema. */
	problems?: number;
}

export interface ManifestSession {
	id: string;
	title: string;
	kind: 'run' | 'chat' | 'branch';
	agent: string | null;
	status: SessionRow['status'];
	/** ISO 8601, UTC. */
	started: string;
	updated: string;
	/** As people call it: T-001. */
	ticket: string | null;
	labels: string[];
	model: string;
	/** USD; null when the price of any turn is unknown. */
	cost: number | null;
	usage: SessionRow['usage'];
	files: ManifestFile[];
}

/** A session that is not in the archive. */
export interface LeftOut {
	id: string;
	/** Empty where nothing is known of it. */
	title: string;
	/** A sentence. */
	why: string;
}

export interface Manifest {
	format: 'muster-export';
	v: 1;
	exported: string;
	/** From 1: what is too much for one archive is spread over several. */
	part: number;
	contents: ExportWish;
	sessions: ManifestSession[];
	leftOut: LeftOut[];
}

export function manifestSession(
	row: SessionRow,
	ticket: string | null,
	files: ManifestFile[],
): ManifestSession {
	return {
		id: row.id,
		title: row.title,
		kind: row.place.split('-')[0] as ManifestSession['kind'],
		agent: row.agentId === null ? null : row.agentName,
		status: row.status,
		started: new Date(row.startedAt).toISOString(),
		updated: new Date(row.updatedAt).toISOString(),
		ticket,
		labels: row.labels,
		model: row.model,
		cost: row.cost,
		usage: row.usage,
		files,
	};
}

/** What the page asks the exporting worker for. It is stopped by ending it. */
export interface ExportAsk {
	ids: readonly string[];
	wish: ExportWish;
	/** Of the first archive, without its ending. */
	name: string;
}

export type ExportNews =
	| { is: 'progress'; done: number; of: number }
	/** One archive; the last one comes before the end. */
	| { is: 'archive'; blob: Blob; name: string }
	| { is: 'done'; exported: number; leftOut: LeftOut[] }
	/** `message` is fit to be shown. */
	| { is: 'failed'; message: string };
