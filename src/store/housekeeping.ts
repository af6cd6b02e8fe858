/** What has served its time: by the machine's clock, but for what people were promised. */
import { sql } from 'kysely';
import { type Instant, plus } from '../core/values.ts';
import { DRAFT_KEPT } from './drafts.ts';
import type { Db } from './schema.ts';

/** Slack gives up repeating a delivery after minutes; a person may press the same button a day later. */
const KEYS_KEPT = sql<Date>`clock_timestamp() - interval '7 days'`;
/** Long after any job about them has ended. */
const GONE_KEPT = sql<Date>`clock_timestamp() - interval '90 days'`;
const PACE_KEPT = sql<Date>`clock_timestamp() - interval '1 day'`;

type Removed = { keys: number; gone: number; pace: number; drafts: number; pings: number };

/**
 * @param now on the business clock
 * @returns how many rows of each kind were removed
 */
export async function sweepOut(db: Db, teamId: string, now: Instant): Promise<Removed> {
  const drafts = await db
    .deleteFrom('drafts')
    .where('team_id', '=', teamId)
    .where('updated_at', '<=', new Date(plus(now, -DRAFT_KEPT)))
    .executeTakeFirst();
  const keys = await db
    .deleteFrom('inbox')
    .where('team_id', '=', teamId)
    .where('at', '<', KEYS_KEPT)
    .executeTakeFirst();
  const gone = await db
    .deleteFrom('deliveries')
    .where('team_id', '=', teamId)
    .where('status', '=', 'gone')
    .where('at', '<', GONE_KEPT)
    .executeTakeFirst();
  const pace = await db
    .deleteFrom('pace')
    .where('team_id', '=', teamId)
    .where('free_at', '<', PACE_KEPT)
    .executeTakeFirst();
  // Whoever muted reminders keeps them waiting; about what is decided there is nothing to be told any more.
  const pings = await db
    .deleteFrom('pings')
    .using('requests')
    .whereRef('requests.team_id', '=', 'pings.team_id')
    .whereRef('requests.number', '=', 'pings.request_number')
    .where('pings.team_id', '=', teamId)
    .where('ping', 'is', null)
    .where('requests.status', '!=', 'in_review')
    .executeTakeFirst();
  return {
    keys: Number(keys.numDeletedRows),
    gone: Number(gone.numDeletedRows),
    pace: Number(pace.numDeletedRows),
    drafts: Number(drafts.numDeletedRows),
    pings: Number(pings.numDeletedRows),
  };
}
