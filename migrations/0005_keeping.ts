import { type Kysely, sql } from 'kysely';
import { MAKE_ROLE } from '../src/store/botRole.ts';

/** What stays also where the bot owns its tables: words and bytes of evidence go, and never become others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Its rights are set at each start (src/store/grants.ts), since the queue's tables are not made here.
  await sql.raw(MAKE_ROLE).execute(db);

  await sql`
    create function refuse_other_words() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.team_id = old.team_id and new.id = old.id and new.nonce is null and new.bytes is null then
        return new;
      end if;
      raise exception 'words of the record can only be erased: any other change is refused' using errcode = 'restrict_violation';
    end $$`.execute(db);
  await sql`
    create trigger contents_only_go before update on contents
    for each row execute function refuse_other_words()`.execute(db);

  // The same file may come back with another request: under its hash there is nothing but its bytes, or nothing.
  await sql`
    create function refuse_other_bytes() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.team_id = old.team_id and new.sha256 = old.sha256
        and (new.bytes is null or encode(sha256(new.bytes), 'hex') = new.sha256) then
        return new;
      end if;
      raise exception 'bytes of evidence can only be erased: any other change is refused' using errcode = 'restrict_violation';
    end $$`.execute(db);
  await sql`
    create trigger blobs_keep_their_hash before update on blobs
    for each row execute function refuse_other_bytes()`.execute(db);

  // Bytes that two requests have stay for the one when they are erased for the other.
  await sql`
    create index events_evidence on events (team_id, (data ->> 'sha256')) where type = 'evidence_kept'`.execute(db);

  await sql`alter table policy_reviews alter column same_key drop not null`.execute(db);

  // As of which version of a request nothing of a part is kept any more: what was added to it later is looked at again.
  await sql`
    create table retention (
      team_id text not null,
      request_number int not null,
      part text not null,
      version int not null,
      primary key (team_id, request_number, part)
    )`.execute(db);
  await sql`create index requests_closed on requests (team_id, closed_at) where closed_at is not null`.execute(db);

  const kept = { contents: '', blobs: '', decisions: 'update or', decision_people: 'update or', policies: 'update or' };
  for (const [table, update] of Object.entries(kept))
    await sql`
      create trigger ${sql.raw(`${table}_are_kept`)} before ${sql.raw(update)} delete or truncate on ${sql.raw(table)}
      for each statement execute function refuse_change()`.execute(db);
}
