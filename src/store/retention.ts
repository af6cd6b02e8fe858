/** Which records are to lose something because the policy's time for it is over. */
import { sql } from 'kysely';
import type { Part } from '../core/events/audit.ts';
import type { Expiry } from '../core/retention.ts';
import type { Db } from './schema.ts';

export type Expired = { number: number; version: number; parts: Part[] };

/**
 * Records in the order of their numbers, after `after`. A record to which something was added since it was last looked at is
 * looked at again.
 */
export async function expiredRecords(
  db: Db,
  teamId: string,
  expiries: Expiry[],
  after: number,
  limit: number,
): Promise<Expired[]> {
  const { rows } = await sql<Expired>`
    select r.number, r.version, array_agg(e.part order by e.part) as parts
    from jsonb_to_recordset(${JSON.stringify(expiries)}::jsonb) as e (part text, "closedBy" timestamptz)
    join requests r on r.team_id = ${teamId} and r.closed_at <= e."closedBy" and r.number > ${after}
    where not exists (
      select from retention k
      where k.team_id = r.team_id and k.request_number = r.number and k.part = e.part and k.version >= r.version
    )
    group by r.number, r.version
    order by r.number
    limit ${limit}`.execute(db);
  return rows;
}

/** Notes that nothing of these parts is kept as of a version. */
export async function noteErased(db: Db, teamId: string, { number, version, parts }: Expired): Promise<void> {
  await db
    .insertInto('retention')
    .values(parts.map((part) => ({ team_id: teamId, request_number: number, part, version })))
    .onConflict((oc) => oc.columns(['team_id', 'request_number', 'part']).doUpdateSet({ version }))
    .execute();
}
