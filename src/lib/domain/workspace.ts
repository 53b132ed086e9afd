/** Name of the database of this device's first workspace. Each further one has a database of its own. */
export const MAIN_DATABASE = 'muster';

/** For the database of another workspace; `id` is a ULID. */
export const databaseOf = (id: string): string => `${MAIN_DATABASE}-${id}`;

/** Whether a database of this origin is a workspace's. */
export const isWorkspace = (database: string): boolean =>
	database === MAIN_DATABASE || /^muster-[0-9A-HJKMNP-TV-Z]{26}$/.test(database);
