import { createHash, timingSafeEqual } from 'node:crypto';
import type { Admission } from './settings';

/** Who asks to begin a workspace. */
export interface Applicant {
	readonly workspace: string;
	readonly invite: string;
	/** It came from this machine itself, and not through a proxy. */
	readonly local: boolean;
}

/** @param workspaces how many were begun here so far */
export function admits(admission: Admission, applicant: Applicant, workspaces: number): boolean {
	switch (admission.kind) {
		case 'first':
			return applicant.local && workspaces === 0;
		case 'invite':
			// All of them, always: how long it takes tells nothing.
			return admission.tokens.map((token) => same(token, applicant.invite)).includes(true);
		case 'list':
			return admission.workspaces.includes(applicant.workspace);
	}
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
