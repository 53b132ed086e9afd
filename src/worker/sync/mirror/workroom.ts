import type { MusterDb } from '$lib/store/db';
import type { Journal } from '../../journal/journal';
import type { Rooms } from '../rooms/rooms';
import type { StoredRooms } from '../store/stored-rooms';
import type { RoomNews } from './room-news';

/** What all who carry things between this device and its rooms work with. */
export interface Workroom {
	db: MusterDb;
	journal: Journal;
	rooms: Rooms;
	store: StoredRooms;
	news: RoomNews;
	/** The relay is there. */
	isOnline(): boolean;
	/** Events of others stand behind a log now. */
	heard(sessionId: string): void;
	/** A log is another one than it was. */
	moved(sessionId: string): void;
	/** A log is not needed any more by those who carry it. */
	released(sessionId: string): void;
	failed(error: unknown): void;
}
