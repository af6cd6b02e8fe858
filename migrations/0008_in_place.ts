import { type Kysely, sql } from 'kysely';

/**
 * A request that is confirmed stays where it is: no index names its stage, so Postgres writes its row anew on the same page
 * and touches none of the indexes. A report looks the stage up for what it lists.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index requests_open`.execute(db);
  await sql`
    create index requests_open on requests (team_id, due_at)
      include (submitted_at, number, tier, rule, category, confidential)
      where status = 'in_review'`.execute(db);

  // What one commit owes is one row: a decision owes four things, and each row was written, indexed, read and deleted.
  await sql`alter table outbox rename column intent to intents`.execute(db);
  await sql`update outbox set intents = jsonb_build_array(intents)`.execute(db);
  await sql`alter table outbox add check (jsonb_typeof(intents) = 'array')`.execute(db);
}
