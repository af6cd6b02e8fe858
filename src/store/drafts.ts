/** What somebody typed into the request form and has not sent: theirs alone, and no part of the record. */
import { sql } from 'kysely';
import type { Typed } from '../core/form.ts';
import { type Instant, plus } from '../core/values.ts';
import type { Db } from './schema.ts';

export type Draft = {
  typed: Typed;
  /** The door through which the form was opened. */
  origin: string;
  /** The rejected request that it asks again for. */
  again: number | null;
  /** The approved exception that it renews. */
  renews?: number | null;
  /** The modal it was typed into. */
  view: string;
  /** Slack's time of what it was kept for, `1596530385.194939`: what comes late does not undo what is newer. */
  stamp: string;
};

/** How long a draft is kept, in milliseconds on the business clock. */
export const DRAFT_KEPT = 14 * 24 * 3_600_000;

/** @returns null where there is none, or none that is young enough */
export async function readDraft(
  db: Db,
  teamId: string,
  person: string,
  now: Instant,
): Promise<(Draft & { at: Instant }) | null> {
  const row = await db
    .selectFrom('drafts')
    .select(['typed', 'updated_at'])
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('updated_at', '>', new Date(plus(now, -DRAFT_KEPT)))
    .executeTakeFirst();
  return row ? { ...(row.typed as Draft), at: row.updated_at.toISOString() } : null;
}

/**
 * Keeps it in place of the one before, unless that is newer or the modal was sent meanwhile.
 * @param sentKey the key under which the modal's submission is handled
 */
export async function keepDraft(
  db: Db,
  teamId: string,
  person: string,
  draft: Draft,
  { now, sentKey }: { now: Instant; sentKey: string },
): Promise<void> {
  const json = JSON.stringify(draft, (_key, value) => (typeof value === 'string' ? storable(value) : value));
  await sql`
    insert into drafts (team_id, person, typed, updated_at)
    select ${teamId}, ${person}, ${json}::jsonb, ${now}::timestamptz
    where not exists (select from inbox where team_id = ${teamId} and key = ${sentKey})
    on conflict (team_id, person) do update set typed = excluded.typed, updated_at = excluded.updated_at
    where drafts.typed ->> 'stamp' <= excluded.typed ->> 'stamp'`.execute(db);
}

export async function dropDraft(db: Db, teamId: string, person: string): Promise<void> {
  await db.deleteFrom('drafts').where('team_id', '=', teamId).where('person', '=', person).execute();
}

/** Postgres keeps neither NUL nor half a surrogate pair; sending the form says so at the field. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');
