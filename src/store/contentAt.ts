/** What a request said at some time. */
import { type Content, content } from '../core/events/content.ts';
import { upcast } from '../core/upcast.ts';
import { readContents } from './requests.ts';
import type { Db } from './schema.ts';
import { contentIds, joinWords } from './words.ts';

/**
 * The form's fields of a request, with their words, as of `version`: as asked for, or as last edited until then.
 * @returns null where there is no such request
 */
export async function contentAt(db: Db, teamId: string, number: number, version: number): Promise<Content | null> {
  const row = await db
    .selectFrom('events')
    .select(['type', 'schema_version', 'data'])
    .where('team_id', '=', teamId)
    .where('stream', '=', `request/${number}`)
    .where('seq', '<=', version)
    .where('type', 'in', ['submitted', 'amended', 'corrected'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const contents = await readContents(db, teamId, contentIds(row.data));
  const event = upcast(row.type, row.schema_version, joinWords(row.data, contents)) as { content?: unknown };
  return content.parse(event.content ?? event);
}
