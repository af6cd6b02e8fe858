/** Several events of a request at once, with their words. */
import { sql } from 'kysely';
import { type Recorded, requestEvent } from '../core/events.ts';
import { upcast } from '../core/upcast.ts';
import { readContents } from './requests.ts';
import type { Db } from './schema.ts';
import { contentIds, joinWords } from './words.ts';

/** What threads of the request's cards have told, the newest `limit` of it in order, and how many came before. */
export async function toldEvents(
  db: Db,
  teamId: string,
  number: number,
  limit: number,
): Promise<{ events: Recorded[]; earlier: number }> {
  const rows = await db
    .selectFrom('events')
    .innerJoin('deliveries', (join) =>
      join
        .onRef('deliveries.team_id', '=', 'events.team_id')
        .on('deliveries.key', '=', sql<string>`'thread/' || ${number}::int || '/' || events.seq`)
        .on('deliveries.status', '!=', 'sending'),
    )
    .select(['type', 'schema_version', 'data', 'actor', 'events.at', sql<number>`count(*) over ()::int`.as('all')])
    .where('events.team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  const contents = await readContents(db, teamId, contentIds(rows.map(({ data }) => data)));
  const events = rows.toReversed().map(({ type, schema_version, data, actor, at }) => ({
    ...requestEvent.parse(upcast(type, schema_version, joinWords(data, contents))),
    by: actor,
    at: at.toISOString(),
  }));
  return { events, earlier: (rows[0]?.all ?? 0) - rows.length };
}
