/** The generator of `npm run seed`, for tests. */
export { seedLines } from '../../scripts/seed/workspace.mjs';
