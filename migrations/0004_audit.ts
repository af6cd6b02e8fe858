import { type Kysely, sql } from 'kysely';

/** The audit: every event sealed in one hash tree a workspace, checkpoints of it, and where they were published. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index requests_older_shape`.execute(db);
  await sql`create index requests_older_shape on requests (team_id, number) where shape < 4`.execute(db);

  // The sealer goes by the transaction that wrote an event: one that commits late still comes after its cursor.
  await sql`create index events_by_tx on events (team_id, tx, stream, seq)`.execute(db);

  // Each event's place in the tree, and the hash that stands there; the event's own hash is what is hashed as a leaf.
  await sql`
    create table leaves (
      team_id text not null,
      position bigint not null check (position >= 0),
      stream text not null,
      seq int not null,
      hash bytea not null check (length(hash) = 32),
      primary key (team_id, position),
      unique (team_id, stream, seq)
    )`.execute(db);
  // Roots of perfect subtrees of 256, 65,536 and so on leaves (levels 8, 16, …), so that a proof reads a few hundred rows.
  await sql`
    create table nodes (
      team_id text not null,
      level int not null check (level > 0 and level % 8 = 0),
      position bigint not null check (position >= 0),
      hash bytea not null check (length(hash) = 32),
      primary key (team_id, level, position)
    )`.execute(db);
  await sql`
    create table checkpoints (
      team_id text not null,
      size bigint not null check (size > 0),
      root bytea not null check (length(root) = 32),
      -- On the business clock, as it stands in the note.
      at timestamptz(3) not null,
      -- The whole text, signed where there is a key.
      note text not null,
      written_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, size)
    )`.execute(db);
  // How far the sealer has come: derived, and locked by the one that seals.
  await sql`
    create table seals (
      team_id text primary key,
      size bigint not null default 0,
      -- The event that was sealed last; the next one comes after it.
      tx xid8 not null default '0',
      stream text not null default '',
      seq int not null default 0,
      -- The highest number of a transaction of another cluster, where the database was dumped and restored, and all of them
      -- are sealed.
      elsewhere xid8
    )`.execute(db);
  // Where a checkpoint was published: slack, file, webhook.
  await sql`
    create table publications (
      team_id text not null,
      size bigint not null,
      place text not null,
      -- A message's channel and ts, a file's path, the host of an address.
      ref text not null,
      at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, size, place)
    )`.execute(db);
  for (const table of ['leaves', 'nodes', 'checkpoints'])
    await sql`
      create trigger ${sql.raw(`${table}_are_kept`)} before update or delete or truncate on ${sql.raw(table)}
      for each statement execute function refuse_change()`.execute(db);

  // Bytes of evidence that were erased: the hash stays, the bytes are gone.
  await sql`alter table blobs alter column bytes drop not null`.execute(db);

  // How long the decision was open before its author was done with it; null where nobody measured.
  await sql`alter table decisions add column read_ms int`.execute(db);
  // What the weekly report asks of many requests at once, beside their state: what holds one up, and whether it had happened.
  await sql`
    alter table requests
      -- Kinds of the holds that approvals wait for.
      add column held text[] not null default '{}',
      add column already_happened boolean not null default false`.execute(db);
  await sql`create index requests_held on requests (team_id) where held <> '{}'`.execute(db);
  // What was undecided past its deadline for a while, and what had to wait: few rows.
  await sql`create index requests_late on requests (team_id, over_at, due_at) where over_at > due_at`.execute(db);
  await sql`
    create index events_holds on events (team_id, at) where type in ('hold_placed', 'hold_released')`.execute(db);

  // How far the record was last proved, pass by pass.
  await sql`
    create table verifications (
      team_id text not null,
      pass int not null,
      started_at timestamptz(3) not null,
      finished_at timestamptz(3),
      -- What it goes up to, and how far it has come.
      size bigint not null,
      progress jsonb not null default '{}',
      events bigint not null default 0,
      faults jsonb not null default '[]',
      faulty int not null default 0,
      -- Whoever is at it has it until then, on the machine's clock.
      claimed_until timestamptz(3),
      primary key (team_id, pass)
    )`.execute(db);
}
