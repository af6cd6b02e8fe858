/** Which request a card belongs to, by where it stands. */
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
