import { monotonicFactory } from 'ulid';

/** A new ULID; within this realm each one sorts after the one before. */
export const newId = monotonicFactory();
