import { createContext } from 'svelte';
import type { SessionView } from '$lib/state/session-view.svelte';

/** The session that the components around are about. */
export const [getSession, setSession] = createContext<SessionView>();
