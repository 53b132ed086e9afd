import { expect, it } from 'vitest';
import { emptyDraft, keepDraft, readDraft, type RunDraft, type Shelf } from './new-run-shelf';

function shelf(): Shelf & { kept: Map<string, string> } {
	const kept = new Map<string, string>();
	return {
		kept,
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key),
	};
}

const draft: RunDraft = {
	agentId: 'a1',
	prompt: 'Compare\nthree ways',
	inputs: { a2: { report: 'It stops', regression: true } },
	overrides: { effort: null, permissionMode: 'plan', budget: { usd: 2 } },
};

it('a draft comes back as it was kept', () => {
	const place = shelf();
	keepDraft(place, draft);
	expect(readDraft(place)).toEqual(draft);
});

it('what is no draft of this build is an empty one', () => {
	for (const text of ['', '{', '[]', 'null', '{"v":2,"prompt":"x"}']) {
		const place = shelf();
		place.kept.set('muster.new-run', text);
		expect(readDraft(place)).toEqual(emptyDraft());
	}
});

it('a full shelf loses the draft, not the page', () => {
	const full: Shelf = {
		...shelf(),
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		},
	};
	expect(() => keepDraft(full, draft)).not.toThrow();
});
