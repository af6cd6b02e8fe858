import { type Kysely, sql } from 'kysely';

/** A demo whose past was made ahead begins where that past ended: its clock stands behind the machine's, and goes on from there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspaces drop constraint workspaces_clock_offset_ms_check`.execute(db);
}
