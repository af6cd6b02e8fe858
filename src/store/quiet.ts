/** How people want to hear of what is due, and when it is next looked whether they are to. */
import { sql } from 'kysely';
import type { Reminders } from '../core/pings.ts';
import type { Instant } from '../core/values.ts';
import type { Db } from './schema.ts';

/** How they want to be reminded. */
export async function remindersOf(db: Db, teamId: string, person: string): Promise<Reminders> {
  const row = await db
    .selectFrom('quiet')
    .select('reminders')
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .executeTakeFirst();
  return row?.reminders ?? 'each';
}

/** What waits already is told in the new way, too. */
export async function chooseReminders(
  db: Db,
  teamId: string,
  person: string,
  reminders: Reminders,
  now: Instant,
): Promise<void> {
  const chosen = { reminders, chosen_at: now, tell_at: now };
  await db
    .insertInto('quiet')
    .values({ team_id: teamId, person, ...chosen })
    .onConflict((oc) => oc.columns(['team_id', 'person']).doUpdateSet(chosen))
    .execute();
}

/** Has the next look at what they are to be told no later than `at`. */
export async function lookAgain(db: Db, teamId: string, people: string[], at: Instant): Promise<void> {
  if (people.length === 0) return;
  await db
    .insertInto('quiet')
    // In the same order by all who do it at once, so that none waits for another that waits for it.
    .values(people.toSorted().map((person) => ({ team_id: teamId, person, tell_at: at })))
    .onConflict((oc) =>
      oc.columns(['team_id', 'person']).doUpdateSet({ tell_at: sql<string>`least(quiet.tell_at, excluded.tell_at)` }),
    )
    .execute();
}

export type Due = { person: string; tellAt: Instant };

/** People whose time to be told may have come by `now`, the longest first, after `last` of the batch before. */
export async function peopleToTell(
  db: Db,
  teamId: string,
  now: Instant,
  last: Due | null,
  limit: number,
): Promise<Due[]> {
  const rows = await db
    .selectFrom('quiet')
    .select(['person', 'tell_at'])
    .where('team_id', '=', teamId)
    .where('tell_at', '<=', new Date(now))
    .$if(last !== null, (qb) =>
      qb.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('tell_at', 'person'), '>', tuple(new Date(last?.tellAt ?? now), last?.person ?? '')),
      ),
    )
    .orderBy('tell_at')
    .orderBy('person')
    .limit(limit)
    .execute();
  return rows.flatMap(({ person, tell_at }) => (tell_at ? [{ person, tellAt: tell_at.toISOString() }] : []));
}
