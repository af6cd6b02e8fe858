/** The end of the record, for whoever watches it grow. */
import type { Db, Row } from './schema.ts';

export type LatestEvent = Pick<Row<'events'>, 'stream' | 'seq' | 'type' | 'actor' | 'at' | 'prev_hash' | 'hash'>;

/** The events appended last, the newest first. */
export const latestEvents = (db: Db, teamId: string, limit: number): Promise<LatestEvent[]> =>
  db
    .selectFrom('events')
    .select(['stream', 'seq', 'type', 'actor', 'at', 'prev_hash', 'hash'])
    .where('team_id', '=', teamId)
    // Where several are of one instant, those of one command came in the order of their numbers.
    .orderBy('tx', 'desc')
    .orderBy('stream')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
