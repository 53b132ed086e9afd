/** Components under test stand on no page that could be left. */
export const goto = (): Promise<void> => Promise.resolve();
export const beforeNavigate = (): void => undefined;
