import { type Kysely, sql } from 'kysely';

/** The whole procedure: who owes what, what was typed and not sent, what sources and files said, reviews of the policy. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table requests
      -- Null where it cannot be computed; operations picks the tier then.
      alter column deviation drop not null,
      add column owner text,
      -- Who has something to do about it: person:U123, role:operations.
      add column owners text[] not null default '{}',
      -- Whether anybody has: a column of its own, since one that an index names must not change with every stage.
      add column open boolean not null default true,
      add column confidential boolean not null default false,
      add column closed_at timestamptz(3),
      -- Which shape the state has; rows of an older one are made anew from their events at start.
      add column shape int not null default 1`.execute(db);
  await sql`create index requests_owed on requests (team_id, due_at) where open`.execute(db);
  await sql`create index requests_by_owner on requests (team_id, owner, number) where owner <> requester`.execute(db);
  await sql`
    create index requests_by_beneficiary on requests (team_id, beneficiary, number) where beneficiary is not null`.execute(
    db,
  );
  await sql`create index requests_older_shape on requests (team_id, number) where shape < 2`.execute(db);

  // More room on each page: more new versions of a row stay beside the old one.
  await sql`alter table requests set (fillfactor = 50)`.execute(db);

  // Words that were taken back: the id stays, nonce and bytes are gone.
  await sql`
    alter table contents
      alter column nonce drop not null,
      alter column bytes drop not null,
      add check ((nonce is null) = (bytes is null))`.execute(db);

  await sql`
    alter table decision_people drop constraint decision_people_role_check,
      add constraint decision_people_role_check check (role in ('requester', 'beneficiary', 'owner', 'decider'))`.execute(
    db,
  );

  // What somebody typed and has not sent: private, and no part of the record.
  await sql`
    create table drafts (
      team_id text not null,
      person text not null,
      typed jsonb not null,
      updated_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, person)
    )`.execute(db);
  // What somebody does not want to see in their own queue for a while.
  await sql`
    create table snoozes (
      team_id text not null,
      person text not null,
      request_number int not null,
      until timestamptz(3) not null,
      primary key (team_id, person, request_number)
    )`.execute(db);
  // Who has looked at Home, and at which pages of it: drawn anew after what they do themselves.
  await sql`
    create table homes (
      team_id text not null,
      person text not null,
      shown jsonb not null,
      opened_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, person)
    )`.execute(db);
  // A reply is known by the card in whose thread it stands.
  await sql`create index deliveries_cards on deliveries (team_id, channel, ts) where surface = 'card'`.execute(db);
  await sql`
    create table blobs (
      team_id text not null,
      sha256 text not null,
      bytes bytea not null,
      primary key (team_id, sha256)
    )`.execute(db);
  await sql`
    create table policy_reviews (
      team_id text not null,
      review int not null,
      rule text not null,
      -- What counts as the same, so that one review is open for it at a time.
      same_key text not null,
      policy_version int not null,
      requests int[] not null,
      opened_at timestamptz(3) not null,
      closed_at timestamptz(3),
      closed_by text,
      outcome text check (outcome in ('changed', 'kept', 'clarified')),
      content_id text,
      primary key (team_id, review)
    )`.execute(db);
  await sql`
    create unique index policy_reviews_one_open on policy_reviews (team_id, same_key) where closed_at is null`.execute(
    db,
  );
}
