/** What somebody does not want to see in their own queue for a while; nobody else's queue changes. */
import type { Instant } from '../core/values.ts';
import type { Db } from './schema.ts';

/** Hides these requests until then; what was hidden longer ago and is over goes with it. */
export async function snooze(
  db: Db,
  teamId: string,
  person: string,
  numbers: number[],
  { now, until }: { now: Instant; until: Instant },
): Promise<void> {
  await db
    .deleteFrom('snoozes')
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('until', '<=', new Date(now))
    .execute();
  if (numbers.length === 0) return;
  await db
    .insertInto('snoozes')
    .values(numbers.map((number) => ({ team_id: teamId, person, request_number: number, until })))
    .onConflict((oc) => oc.columns(['team_id', 'person', 'request_number']).doUpdateSet({ until }))
    .execute();
}

/** Until when each request is hidden from this person. */
export async function snoozesOf(
  db: Db,
  teamId: string,
  person: string,
  now: Instant,
): Promise<ReadonlyMap<number, Instant>> {
  const rows = await db
    .selectFrom('snoozes')
    .select(['request_number', 'until'])
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('until', '>', new Date(now))
    .execute();
  return new Map(rows.map(({ request_number, until }) => [request_number, until.toISOString()]));
}
