/** All that happened to a request, in order, with its words. */
import { type Recorded, requestEvent } from '../core/events.ts';
import { upcast } from '../core/upcast.ts';
import { readContents } from './requests.ts';
import type { Db } from './schema.ts';
import { contentIds, joinWords } from './words.ts';

export async function readHistory(db: Db, teamId: string, number: number): Promise<Recorded[]> {
  const rows = await db
    .selectFrom('events')
    .select(['type', 'schema_version', 'data', 'actor', 'at'])
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .orderBy('seq')
    .execute();
  const contents = await readContents(db, teamId, [...new Set(contentIds(rows.map(({ data }) => data)))]);
  return rows.map(({ type, schema_version, data, actor, at }) => ({
    ...requestEvent.parse(upcast(type, schema_version, joinWords(data, contents))),
    by: actor,
    at: at.toISOString(),
  }));
}
