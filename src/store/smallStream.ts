/** A stream that is read whole, with its words: of people and of policy reviews, which have few events. */
import type { StoredEvent } from '../core/events.ts';
import { upcast } from '../core/upcast.ts';
import { readContents } from './requests.ts';
import type { Db } from './schema.ts';
import { contentIds, joinWords } from './words.ts';

/** An event of the stream, its place in it, and its hash. */
type Read<E> = { seq: number; hash: string; event: E & { by: string; at: string } };

/** @param as parses the stream's own kinds of events @throws where another kind stands in it */
export async function readSmallStream<E extends StoredEvent>(
  db: Db,
  teamId: string,
  stream: string,
  as: { parse(event: StoredEvent): E },
): Promise<Read<E>[]> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'type', 'schema_version', 'data', 'actor', 'at', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream)
    .orderBy('seq')
    .execute();
  const contents = await readContents(db, teamId, contentIds(rows.map(({ data }) => data)));
  return rows.map(({ seq, hash, type, schema_version, data, actor, at }) => {
    const stored = as.parse(upcast(type, schema_version, joinWords(data, contents)));
    return { seq, hash, event: { ...stored, by: actor, at: at.toISOString() } };
  });
}
