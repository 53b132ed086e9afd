/** What the bench of sealed bytes needs of the app, in one bundle. */
export { SessionDocument } from '../../../src/worker/sync/documents/session-document';
export { RoomKeys } from '../../../src/worker/sync/seal/room-cipher';
export { SealedRoom } from '../../../src/worker/sync/rooms/sealed-room';
export { RoomShelf } from '../../fakes/room-store';
