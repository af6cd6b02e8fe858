/** Stored events of any age -> the current ones. An event is kept as it was written and brought up to date when read. */
import { type StoredEvent, storedEvent } from './events.ts';

/** The version new events are written with. Raise it with a step in `upcast` that takes the version before it along. */
export const SCHEMA_VERSION = 1;

/**
 * @param data the stored data, words joined in
 * @throws Error where the event is newer than this program or does not fit its schema: reading on would misjudge it
 */
export function upcast(type: string, version: number, data: object): StoredEvent {
  if (version > SCHEMA_VERSION)
    throw new Error(`event ${type} has version ${version}; this program reads up to ${SCHEMA_VERSION}: update it`);
  return storedEvent.parse({ ...data, type });
}
