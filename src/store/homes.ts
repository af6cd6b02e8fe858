/** Who has looked at Home lately, and at which pages of it: shared by all replicas, and no part of the record. */
import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** Pages count from 0. */
export type HomeShown = { waiting: number; yours: number; tasks: number; snoozed: boolean };
export const HOME_AT_FIRST: HomeShown = { waiting: 0, yours: 0, tasks: 0, snoozed: false };

/** Notes that the person looks at it, and what of it. */
export async function showHome(db: Db, teamId: string, person: string, shown: HomeShown): Promise<void> {
  await db
    .insertInto('homes')
    .values({ team_id: teamId, person, shown: JSON.stringify(shown) })
    .onConflict((oc) =>
      oc.columns(['team_id', 'person']).doUpdateSet({
        shown: JSON.stringify(shown),
        opened_at: sql<string>`clock_timestamp()`,
      }),
    )
    .execute();
}

/** @returns null where nobody has looked at it for a day; on the machine's clock, since it is about a screen */
export async function homeShown(db: Db, teamId: string, person: string): Promise<HomeShown | null> {
  const row = await db
    .selectFrom('homes')
    .select('shown')
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('opened_at', '>', sql<Date>`clock_timestamp() - interval '1 day'`)
    .executeTakeFirst();
  return row ? { ...HOME_AT_FIRST, ...row.shown } : null;
}
