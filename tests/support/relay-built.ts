import { ensureRelayBuilt } from '../../scripts/prepare.mjs';

/** Tests of the real process run what `npm run relay` runs. */
export default ensureRelayBuilt;
