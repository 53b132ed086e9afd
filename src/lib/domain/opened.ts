/** Pages tell on this BroadcastChannel which session somebody has opened: what is missing of it is fetched first. */
export const OPENED_CHANNEL = 'muster-opened';
