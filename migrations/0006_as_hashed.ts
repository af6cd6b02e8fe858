import { type Kysely, sql } from 'kysely';

/**
 * What is hashed is kept as the text that was hashed, and a request's state as the text that was written: whoever checks
 * the record compares texts, and no write or read turns them into trees. Texts from before are those that Postgres gives.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table events alter column data type json using data::json`.execute(db);
  await sql`alter table requests alter column state type json using state::json`.execute(db);
  // Whoever checks the record reads words in the order of the events that say them; those from before are looked up one by one.
  await sql`alter table contents add column stream text`.execute(db);
  await sql`create index contents_by_stream on contents (team_id, stream)`.execute(db);
  // States of two to eight kilobytes stay in their rows: moved out and compressed, each decision paid for it several times.
  await sql`alter table requests set (toast_tuple_target = 8160)`.execute(db);

  // The weekly report counts what waits by where it stands and what it is about: read from the index, not row by row.
  await sql`drop index requests_open`.execute(db);
  await sql`
    create index requests_open on requests (team_id, due_at)
      include (submitted_at, number, stage, tier, rule, category, confidential)
      where status = 'in_review'`.execute(db);
}
