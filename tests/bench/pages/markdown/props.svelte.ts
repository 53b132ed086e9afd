export function answerProps(): { text: string; streaming: boolean } {
	const props = $state({ text: '', streaming: true });
	return props;
}
