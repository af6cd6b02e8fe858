/** Which request a card belongs to, by where it stands. */
import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** Also of a card that was left behind when the request moved. */
export async function requestOfCard(db: Db, teamId: string, channel: string, ts: string): Promise<number | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('request_number')
    .where('team_id', '=', teamId)
    .where('surface', '=', 'card')
    .where('channel', '=', channel)
    .where('ts', '=', ts)
    .executeTakeFirst();
  return row?.request_number ?? null;
}

/** Whether a card may stand in the channel of which Slack has not said yet where; one long ago would have been found since. */
export async function isPostingCard(db: Db, teamId: string, channel: string): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('key')
    .where('team_id', '=', teamId)
    .where('surface', '=', 'card')
    .where('status', '=', 'sending')
    // Where only the channel's name was known, it may be this one.
    .where((eb) => eb.or([eb('channel', '=', channel), eb('channel', 'like', '#%')]))
    .where('at', '>', sql<Date>`clock_timestamp() - interval '10 minutes'`)
    .executeTakeFirst();
  return row !== undefined;
}
