/** What the scripted models are called, by id: every device has them, connected or not. */
export const practiceNames = {
	'practice-1': 'Practice (scripted)',
	'practice-fast': 'Practice fast (scripted)',
} as const;

export const isPracticeModel = (id: string): id is keyof typeof practiceNames =>
	Object.hasOwn(practiceNames, id);
