import type { Db } from './schema.ts';

/** Makes the workspace known; says since when it is, which is where its weekly reports begin. */
export async function registerWorkspace(
  db: Db,
  { teamId, name, botUserId, since }: { teamId: string; name: string; botUserId: string; since: string },
): Promise<void> {
  await db
    .insertInto('workspaces')
    .values({ team_id: teamId, name, bot_user_id: botUserId, since })
    .onConflict((oc) => oc.column('team_id').doUpdateSet({ name, bot_user_id: botUserId }))
    .execute();
}

/** How far the business clock stands ahead of the machine's, in milliseconds; negative where it is behind. */
export async function clockOffset(db: Db, teamId: string): Promise<number> {
  const row = await db
    .selectFrom('workspaces')
    .select('clock_offset_ms')
    .where('team_id', '=', teamId)
    .executeTakeFirst();
  return Number(row?.clock_offset_ms ?? 0);
}

/** Sets a business clock that nobody has moved yet. @param offset milliseconds, negative where it begins in the past */
export async function beginClockAt(db: Db, teamId: string, offset: number): Promise<void> {
  await db
    .updateTable('workspaces')
    .set({ clock_offset_ms: offset })
    .where('team_id', '=', teamId)
    .where('clock_offset_ms', '=', '0')
    .execute();
}

/** Moves the business clock; it only goes forward. */
export async function moveClock(db: Db, teamId: string, offset: number): Promise<void> {
  await db
    .updateTable('workspaces')
    .set({ clock_offset_ms: offset })
    .where('team_id', '=', teamId)
    .where('clock_offset_ms', '<', String(offset))
    .execute();
}
