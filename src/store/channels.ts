import type { Db, Row } from './schema.ts';

export type Channel = Omit<Row<'channels'>, 'team_id' | 'fetched_at'>;

/** @param ref `#name` or an id */
export async function channelOf(db: Db, teamId: string, ref: string): Promise<Channel | null> {
  const row = await db
    .selectFrom('channels')
    .select(['id', 'name', 'archived', 'member', 'shared', 'private', 'readers'])
    .where('team_id', '=', teamId)
    .where(ref.startsWith('#') ? 'name' : 'id', '=', ref.startsWith('#') ? ref.slice(1) : ref)
    // A name can stand at an archived channel and at its successor.
    .orderBy('archived')
    .executeTakeFirst();
  return row ?? null;
}

/** Replaces what is known of all channels by what Slack said just now. */
export async function saveChannels(db: Db, teamId: string, channels: Channel[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('channels').where('team_id', '=', teamId).execute();
    for (let from = 0; from < channels.length; from += 500) {
      const rows = channels.slice(from, from + 500).map((channel) => ({ team_id: teamId, ...channel }));
      await trx
        .insertInto('channels')
        .values(rows)
        .onConflict((oc) => oc.doNothing())
        .execute();
    }
  });
}
