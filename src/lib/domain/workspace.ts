/** Name of the database of this device's first workspace. */
export const MAIN_DATABASE = 'muster';
