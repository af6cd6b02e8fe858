/** What is due, asked of the database. */
import type { Instant } from '../core/values.ts';
import type { Db } from './schema.ts';

export type DueRequest = { attentionAt: Instant; number: number };

/** Requests that need attention by `now`, the longest due first, after `last` of the batch before. */
export async function dueRequests(
  db: Db,
  teamId: string,
  now: Instant,
  last: DueRequest | null,
  limit: number,
): Promise<DueRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .select(['number', 'attention_at'])
    .where('team_id', '=', teamId)
    .where('attention_at', '<=', new Date(now))
    .$if(last !== null, (qb) =>
      qb.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('attention_at', 'number'), '>', tuple(new Date(last?.attentionAt ?? now), last?.number ?? 0)),
      ),
    )
    .orderBy('attention_at')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.flatMap(({ number, attention_at }) =>
    attention_at ? [{ number, attentionAt: attention_at.toISOString() }] : [],
  );
}

/** Which of these weeks were reported. */
export async function reportedAmong(db: Db, teamId: string, weeks: string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('events')
    .select('stream')
    .where('team_id', '=', teamId)
    .where('stream', 'in', weeks.map(reviewOf))
    .where('seq', '=', 1)
    .execute();
  return new Set(rows.map(({ stream }) => stream.slice('review/'.length)));
}

export const reviewOf = (week: string): string => `review/${week}`;

/** Since when the workspace is known; null before its first start. */
export async function workspaceSince(db: Db, teamId: string): Promise<Instant | null> {
  const row = await db.selectFrom('workspaces').select('since').where('team_id', '=', teamId).executeTakeFirst();
  return row?.since.toISOString() ?? null;
}
