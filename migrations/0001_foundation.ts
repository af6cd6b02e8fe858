import { type Kysely, sql } from 'kysely';

/** Everything belongs to a workspace. Instants are milliseconds, as they are hashed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspaces (
      team_id text primary key,
      name text not null,
      bot_user_id text not null,
      since timestamptz(3) not null default clock_timestamp(),
      -- The business clock stands this far ahead of the machine's; only a demo moves it.
      clock_offset_ms bigint not null default 0 check (clock_offset_ms >= 0)
    )`.execute(db);

  await sql`
    create table events (
      team_id text not null,
      stream text not null,
      seq int not null check (seq > 0),
      type text not null,
      schema_version int not null,
      data jsonb not null,
      actor text not null,
      at timestamptz(3) not null,
      prev_hash text,
      hash text not null,
      tx xid8 not null default pg_current_xact_id(),
      primary key (team_id, stream, seq),
      check ((seq = 1) = (prev_hash is null))
    )`.execute(db);
  await sql`
    create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      raise exception 'the event log is append-only: % is refused', tg_op using errcode = 'restrict_violation';
    end $$`.execute(db);
  await sql`
    create trigger events_are_kept before update or delete or truncate on events
    for each statement execute function refuse_change()`.execute(db);

  await sql`create index events_escalations on events (team_id, at) where type = 'escalation_raised'`.execute(db);

  await sql`
    create table contents (
      team_id text not null,
      id text not null,
      nonce text not null,
      bytes text not null,
      primary key (team_id, id)
    )`.execute(db);

  // Room on each page, so that a new version of a row stays beside the old one and no index need be told.
  await sql`
    create table requests (
      team_id text not null,
      number int not null,
      version int not null,
      state jsonb not null,
      head text not null,
      status text not null,
      tier text not null,
      stage text,
      round int not null,
      requester text not null,
      beneficiary text,
      customer_key text,
      category text not null,
      rule text not null,
      deviation numeric not null,
      value numeric not null,
      submitted_at timestamptz(3) not null,
      over_at timestamptz(3),
      due_at timestamptz(3) not null,
      attention_at timestamptz(3),
      primary key (team_id, number)
    ) with (fillfactor = 80)`.execute(db);
  await sql`create index requests_attention on requests (team_id, attention_at) where attention_at is not null`.execute(
    db,
  );
  await sql`create index requests_open on requests (team_id, due_at) where status = 'in_review'`.execute(db);
  await sql`create index requests_by_requester on requests (team_id, requester, number)`.execute(db);
  await sql`create index requests_over on requests (team_id, over_at) where over_at is not null`.execute(db);
  await sql`create index requests_by_customer on requests (team_id, customer_key, rule, submitted_at)`.execute(db);
  await sql`create index requests_by_submission on requests (team_id, submitted_at)`.execute(db);

  await sql`
    create table decisions (
      team_id text not null,
      request_number int not null,
      round int not null,
      stage text not null,
      outcome text not null,
      person text not null,
      at timestamptz(3) not null,
      primary key (team_id, request_number, round, stage)
    )`.execute(db);
  await sql`create index decisions_by_time on decisions (team_id, at)`.execute(db);
  // Whoever stands here may not decide (again) in this round: the rule of two people, whatever the program above does.
  await sql`
    create table decision_people (
      team_id text not null,
      request_number int not null,
      round int not null,
      person text not null,
      role text not null check (role in ('requester', 'beneficiary', 'decider')),
      primary key (team_id, request_number, round, person)
    )`.execute(db);

  await sql`
    create table people (
      team_id text not null,
      id text not null,
      name text not null,
      home boolean not null,
      deleted boolean not null,
      bot boolean not null,
      guest boolean not null,
      owner boolean not null,
      zone text,
      locale text,
      fetched_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, id)
    )`.execute(db);
  await sql`
    create table groups (
      team_id text not null,
      id text not null,
      handle text not null,
      name text not null,
      fetched_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, id)
    )`.execute(db);
  await sql`create index groups_by_handle on groups (team_id, handle)`.execute(db);
  await sql`
    create table group_members (
      team_id text not null,
      group_id text not null,
      person text not null,
      primary key (team_id, group_id, person),
      foreign key (team_id, group_id) references groups on delete cascade
    )`.execute(db);
  await sql`
    create table channels (
      team_id text not null,
      id text not null,
      name text not null,
      archived boolean not null,
      member boolean not null,
      shared boolean not null,
      private boolean not null,
      -- How many people can read it, as Slack counts them; null where it does not say.
      readers int,
      fetched_at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, id)
    )`.execute(db);

  await sql`
    create table policies (
      team_id text not null,
      version int not null,
      sha256 text not null,
      document text not null,
      published_by text not null,
      published_at timestamptz(3) not null,
      primary key (team_id, version)
    )`.execute(db);

  await sql`
    create table inbox (
      team_id text not null,
      key text not null,
      handled jsonb,
      at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, key)
    )`.execute(db);
  await sql`
    create table outbox (
      id bigint generated always as identity primary key,
      team_id text not null,
      intent jsonb not null,
      at timestamptz(3) not null default clock_timestamp()
    )`.execute(db);

  // surface: card | thread | dm | escalation | digest | alert. live: drawn again when the request changes.
  await sql`
    create table deliveries (
      team_id text not null,
      key text not null,
      surface text not null,
      request_number int,
      person text,
      -- What the surface needs to be drawn again: the notice, the escalation's kind and deadline.
      subject jsonb not null default '{}',
      status text not null check (status in ('sending', 'sent', 'gone')),
      channel text,
      ts text,
      live boolean not null default false,
      -- Hash of what was last drawn, so that what looks the same is not sent again.
      drawn text,
      at timestamptz(3) not null default clock_timestamp(),
      primary key (team_id, key)
    )`.execute(db);
  await sql`create index deliveries_by_request on deliveries (team_id, request_number)`.execute(db);
  // Each person has at most one live direct message a request.
  await sql`
    create unique index deliveries_one_live_dm on deliveries (team_id, request_number, person)
    where live and surface = 'dm'`.execute(db);

  // When a bucket of Slack's limits (a channel, a method) is free again.
  await sql`
    create table pace (
      team_id text not null,
      bucket text not null,
      free_at timestamptz(3) not null,
      primary key (team_id, bucket)
    )`.execute(db);
}
