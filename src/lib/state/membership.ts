/** What is done about who belongs to the workspace. All of it throws `EngineFailure`. */
import type { MemberInfo } from '../domain/sync/pairing';
import { app } from './app.svelte';

export const membership = {
	async begin(relay: string, invite: string): Promise<void> {
		await app.ask('sync-begin', { relay, invite });
	},

	async members(): Promise<MemberInfo[]> {
		return (await app.ask('sync-members', {})).members ?? [];
	},

	async remove(id: string): Promise<void> {
		await app.ask('sync-remove', { id });
	},

	async leave(): Promise<void> {
		await app.ask('sync-leave', {});
	},

	makeKit(): Promise<{ text: string; code: string }> {
		return app.ask('sync-make-kit', {});
	},

	async restore(kit: string, name: string): Promise<void> {
		await app.ask('sync-restore', { kit, name });
	},
};
