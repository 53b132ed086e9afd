import { ESLint, type Linter } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, test, vi } from 'vitest';

// The first look at a file loads the whole of ESLint.
vi.setConfig({ testTimeout: 60_000 });

// The snippets are no files of the project, so rules that ask TypeScript for types sit this out.
const eslint = new ESLint({ overrideConfig: [ts.configs.disableTypeChecked as Linter.Config] });

/** Messages of the fences alone, as `npm run lint` would print them for this file. */
async function fenced(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath, warnIgnored: false });
	const messages = result?.messages ?? [];
	const broken = messages.filter((message) => message.fatal);
	expect(broken).toEqual([]);
	return messages.filter((m) => m.ruleId === 'muster/fences').map((m) => m.message);
}

const forbidden: [file: string, code: string, says: RegExp][] = [
	['src/lib/domain/event.ts', "import '$lib/store/db';", /nothing of ours.*take what you need/],
	['src/lib/domain/event.ts', "import { tick } from 'svelte';", /without a page/],
	['src/lib/domain/event.ts', "export * from '../wire/frames';", /nothing of ours/],
	['src/lib/domain/deep/event.ts', "import '../../store/db';", /not src\/lib\/store/],
	['src/lib/domain/event.ts', "export type T = import('$lib/store/db').T;", /nothing of ours/],
	['src/lib/wire/frames.ts', "import type { E } from '$lib/domain/event';", /a leaf/],
	['src/lib/store/db.ts', "import { app } from '$lib/state/app.svelte';", /may import domain/],
	['src/lib/state/app.svelte.ts', "import Dexie from 'dexie';", /src\/lib\/store\/ only/],
	['src/lib/state/app.svelte.ts', "import type { M } from '../../worker/protocol';", /domain/],
	['src/lib/state/app.svelte.ts', "import A from '$lib/components/shared/A.svelte';", /state/],
	['src/lib/components/runs/row.ts', "import { db } from '$lib/store/db';", /src\/lib\/state/],
	['src/lib/components/runs/row.ts', "import '../tickets/tag';", /'runs' wants 'tickets'/],
	['src/lib/components/shared/a.ts', "import '../runs/row';", /know no subject/],
	['src/lib/components/runs/row.ts', "import 'dexie';", /Add a query/],
	['src/routes/runs/+page.ts', "import { db } from '$lib/store/db';", /A page only picks/],
	['src/routes/runs/+page.ts', "import { fold } from '$lib/domain/fold';", /A page only picks/],
	['src/worker/engine/run.ts', "import { app } from '$lib/state/app.svelte';", /without a page/],
	['src/worker/engine/run.ts', "import A from '@anthropic-ai/sdk';", /src\/worker\/models\/ only/],
	['src/worker/engine/run.ts', "await import('dexie');", /src\/lib\/store\/ only/],
	['sync-server/main.ts', "import '../src/lib/domain/event';", /src\/lib\/wire and nothing else/],
	['sync-server/rooms/a.ts', "import '$lib/store/db';", /src\/lib\/wire and nothing else/],
	['sync-server/rooms/a.ts', "import '../../src/worker/a';", /src\/lib\/wire and nothing else/],
	['sync-server/rooms/a.ts', "import 'classic-level';", /sync-server\/store\/ only/],
	['src/lib/wire/frames.ts', "export * from '../../../sync-server/relay';", /a leaf/],
	['src/lib/wire/frames.ts', "import { WebSocket } from 'ws'; WebSocket;", /sync-server\/sockets/],
	['src/worker/sync/a.ts', "import '../../../sync-server/relay';", /src\/worker\/ may import/],
];

const allowed: [file: string, code: string][] = [
	['src/lib/domain/event.ts', "import { ulid } from 'ulid'; import './fold'; ulid();"],
	['src/lib/store/db.ts', "import Dexie from 'dexie'; import '../domain/event'; new Dexie('a');"],
	['src/lib/state/app.svelte.ts', "import '$lib/store/db'; import '$lib/domain/event';"],
	['src/lib/components/runs/row.ts', "import '../shared/tile'; import './cell';"],
	['src/lib/components/runs/row.ts', "import '$lib/state/app.svelte'; import './row.css';"],
	['src/routes/runs/+page.ts', "import '$lib/components/runs/row'; import '$lib/state/a';"],
	['src/worker/models/sdk.ts', "import A from '@anthropic-ai/sdk'; new A();"],
	['src/worker/sync/room.ts', "import '$lib/wire/frames'; import '$lib/store/db';"],
	['src/lib/domain/event.test.ts', "import { arbitrary } from '../../../tests/fixtures/a';"],
	['sync-server/main.ts', "import '../src/lib/wire/frames';"],
	['sync-server/sockets/a.ts', "import 'ws'; import '../store/port'; import 'yjs';"],
	['src/lib/wire/frames.ts', "import './bytes'; import 'lib0/encoding';"],
	['tests/e2e/any.ts', "import '$lib/domain/event'; import 'dexie';"],
];

describe('a room imports what its row in rooms.js allows, and lint says what to do instead', () => {
	test.each(forbidden)('%s may not: %s', async (file, code, says) => {
		expect(await fenced(file, code)).toEqual([expect.stringMatching(says)]);
	});
	test.each(allowed)('%s may: %s', async (file, code) => {
		expect(await fenced(file, code)).toEqual([]);
	});
	test('a component is fenced like any other file', async () => {
		const code = '<script lang="ts">\n\timport { db } from "$lib/store/db";\n</script>\n\n{db}\n';
		const messages = await fenced('src/lib/components/runs/Row.svelte', code);
		expect(messages).toEqual([expect.stringMatching(/src\/lib\/state/)]);
	});
});
