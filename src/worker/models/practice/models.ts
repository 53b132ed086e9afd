/** The scripted models as `/v1/models` lists them: the shape of the real listing, so that it is read by the same code. */
import { practiceNames } from '$lib/domain/practice-names';

const yes = { supported: true };
const no = { supported: false };

function listed(
	id: keyof typeof practiceNames,
	abilities: { efforts: boolean; thinking: boolean },
) {
	const level = abilities.efforts ? yes : no;
	const thinks = abilities.thinking ? yes : no;
	return {
		type: 'model',
		id,
		display_name: practiceNames[id],
		created_at: '1970-01-01T00:00:00Z',
		lifecycle: 'active',
		max_input_tokens: 200_000,
		max_tokens: 32_000,
		capabilities: {
			effort: { ...level, low: level, medium: level, high: level, xhigh: no, max: no },
			thinking: { ...thinks, types: { adaptive: thinks, enabled: no, disabled: yes } },
			structured_outputs: yes,
			image_input: yes,
			pdf_input: yes,
		},
	};
}

export const practiceModels = [
	listed('practice-1', { efforts: true, thinking: true }),
	listed('practice-fast', { efforts: false, thinking: false }),
];
