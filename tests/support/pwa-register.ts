export const registerSW = () => async () => undefined;
