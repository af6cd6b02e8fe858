import { type Kysely, sql } from 'kysely';

/** Time: who is away and who stands in, what is due to whom and when each wants to hear of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index requests_older_shape`.execute(db);
  await sql`create index requests_older_shape on requests (team_id, number) where shape < 3`.execute(db);

  // As the events of `person/<id>` tell it: when somebody is away, and who decides for them.
  await sql`
    create table absences (
      team_id text not null,
      person text not null,
      absence int not null,
      "from" timestamptz(3) not null,
      until timestamptz(3) not null,
      delegate text,
      set_by text not null,
      set_at timestamptz(3) not null,
      primary key (team_id, person, absence),
      check ("from" <= until)
    )`.execute(db);
  await sql`create index absences_by_end on absences (team_id, until)`.execute(db);
  await sql`create index absences_by_delegate on absences (team_id, delegate, until)`.execute(db);
  // Whom somebody lets set their absences.
  await sql`
    create table assistants (
      team_id text not null,
      person text not null,
      assistant text not null,
      primary key (team_id, person)
    )`.execute(db);

  // Who was there of a role when it was last looked at, as a hash: open requests are gone through where that has changed.
  await sql`
    create table staffing_looks (
      team_id text not null,
      role text not null,
      fingerprint text not null,
      primary key (team_id, role)
    )`.execute(db);

  // What is to be told to a person about a request when it suits them: once a key.
  await sql`
    create table pings (
      team_id text not null,
      person text not null,
      request_number int not null,
      key text not null,
      -- The share of the time that had passed; null for what they put off, and which comes back.
      percent int,
      urgent boolean not null,
      due_at timestamptz(3) not null,
      -- When it was seen that it is due.
      noted_at timestamptz(3) not null,
      -- The how manieth message to them it is in; null while it waits.
      ping int,
      -- Whether it is told so late that it is history.
      stale boolean not null default false,
      told_at timestamptz(3),
      -- It was theirs no more when the message went out.
      left_out boolean not null default false,
      primary key (team_id, person, request_number, key)
    )`.execute(db);
  await sql`create index pings_waiting on pings (team_id, person) where ping is null`.execute(db);
  await sql`create index pings_by_ping on pings (team_id, person, ping) where ping is not null`.execute(db);
  // How somebody wants to hear of what is due, when they last did, and when it is next looked whether they are to.
  await sql`
    create table quiet (
      team_id text not null,
      person text not null,
      reminders text not null default 'each' check (reminders in ('each', 'hourly', 'urgent')),
      chosen_at timestamptz(3),
      pings int not null default 0,
      pinged_at timestamptz(3),
      tell_at timestamptz(3),
      primary key (team_id, person)
    )`.execute(db);
  await sql`create index quiet_due on quiet (team_id, tell_at) where tell_at is not null`.execute(db);

  // One renewal at a time: another is asked for only once this one was refused or taken back.
  await sql`alter table requests add column renews int, add column good_until text`.execute(db);
  await sql`
    create unique index requests_renewed_once on requests (team_id, renews)
      where renews is not null and status in ('in_review', 'approved')`.execute(db);
  await sql`create index requests_ending on requests (team_id, good_until) where good_until is not null`.execute(db);
  await sql`create index events_endings on events (team_id, at) where type in ('lapsed', 'revoked')`.execute(db);

  await sql`
    alter table decision_people drop constraint decision_people_role_check,
      add constraint decision_people_role_check
        check (role in ('requester', 'beneficiary', 'owner', 'decider', 'cover'))`.execute(db);
}
