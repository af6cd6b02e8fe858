/** Where checkpoints were published. */
import { sql } from 'kysely';
import { type Checkpoint, readCheckpoint } from './checkpoints.ts';
import type { Database, Db } from './schema.ts';

export type Place = Database['publications']['place'];

/** @param ref where exactly: a message's channel and ts, a file's path, an address's host */
export async function markPublished(
  db: Db,
  teamId: string,
  { size, place, ref }: { size: number; place: Place; ref: string },
): Promise<void> {
  await db
    .insertInto('publications')
    .values({ team_id: teamId, size, place, ref })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** A checkpoint that a place does not have yet, and since when one is there that it could have, on the machine's clock. */
export type Outstanding = Checkpoint & { since: Date };

/** The oldest first. A place that has none yet begins with the latest: those before are contained in it. */
export async function outstandingAt(db: Db, teamId: string, place: Place, limit: number): Promise<Outstanding[]> {
  const last = await db
    .selectFrom('publications')
    .select('size')
    .where('team_id', '=', teamId)
    .where('place', '=', place)
    .orderBy('size', 'desc')
    .executeTakeFirst();
  // The latest is always a few minutes old: where there was none yet, it has waited since the first.
  const since = last
    ? sql<Date>`written_at`
    : sql<Date>`(select min(first.written_at) from checkpoints first where first.team_id = ${teamId})`;
  const all = db
    .selectFrom('checkpoints')
    .select(['size', 'root', 'at', 'note', since.as('since')])
    .where('team_id', '=', teamId);
  const rows = await (last
    ? all.where('size', '>', last.size).orderBy('size').limit(limit)
    : all.orderBy('size', 'desc').limit(1)
  ).execute();
  return rows.map((row) => ({ ...readCheckpoint(row), since: row.since }));
}
