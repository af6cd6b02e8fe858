import type { Db } from './schema.ts';

/** Stores the key of something Slack delivers more than once. @returns false where it was there before */
export async function remember(db: Db, teamId: string, key: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('inbox')
    .values({ team_id: teamId, key, handled: null })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Whether the key was stored. */
export async function isRemembered(db: Db, teamId: string, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('inbox')
    .select('key')
    .where('team_id', '=', teamId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}
