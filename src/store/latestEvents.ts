/** The end of the record, for whoever watches it grow. */
import type { Db, Row } from './schema.ts';

export type LatestEvent = Pick<Row<'events'>, 'stream' | 'seq' | 'type' | 'actor' | 'at' | 'prev_hash' | 'hash'>;

/** What happened last, the newest first; a past that is made afterwards is not appended in the order in which it happened. */
export const latestEvents = (db: Db, teamId: string, limit: number): Promise<LatestEvent[]> =>
  db
    .selectFrom('events')
    .select(['stream', 'seq', 'type', 'actor', 'at', 'prev_hash', 'hash'])
    .where('team_id', '=', teamId)
    .orderBy('at', 'desc')
    // Where several are of one instant, those of one command came in the order of their numbers.
    .orderBy('tx', 'desc')
    .orderBy('stream')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
