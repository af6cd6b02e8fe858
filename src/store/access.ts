/** Streams `access/<day>`: who looked at what. One a day, so that none grows long and whoever asks reads few of them. */
import { CompiledQuery } from 'kysely';
import { recordViewed } from '../core/events/audit.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Instant } from '../core/values.ts';
import { appendTo } from './append.ts';
import type { Db } from './schema.ts';
import { readSmallStream } from './smallStream.ts';

type Viewed = Extract<StoredEvent, { type: 'record_viewed' }>;
/** A look before it is granted. `at` on the business clock; `by` a person, or `operator` where it was in a terminal. */
export type Look = Omit<Viewed, 'type'> & { by: string; at: Instant };

/** Who is meant where somebody looks who has come to the database by a terminal, and not through Slack. */
export const OPERATOR = 'operator';

const STREAM = 'access/';
/** The day in UTC. */
const streamOf = (at: Instant): string => `${STREAM}${at.slice(0, 10)}`;

/** Everybody who looks on one day writes to one stream, so patience is in proportion to a crowd. */
const TRIES = 200;

/**
 * Puts a look on the record. What is looked at may be shown once this has resolved, and not before.
 * @param db not in a transaction: it is tried again where others were first
 * @throws where it cannot be recorded: then nothing may be shown
 */
export async function recordLook(db: Db, teamId: string, { by, at, ...facts }: Look): Promise<void> {
  const stream = streamOf(at);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const last = await headOf(db, teamId, stream);
    const outcome = await appendTo(writing(db), {
      ...{ teamId, stream, expectedVersion: last?.seq ?? 0, head: last?.hash ?? null },
      events: [{ type: 'record_viewed', ...facts, by, at }],
      ...{ intents: [], request: null, key: null, handled: null },
    });
    if (outcome === 'appended') return;
  }
  throw new Error(`${stream}: others kept being first, ${TRIES} times`);
}

const writing = (db: Db) => ({
  query: ({ text, values }: { text: string; values: readonly unknown[] }) =>
    db.executeQuery(CompiledQuery.raw(text, [...values])),
});

const headOf = (db: Db, teamId: string, stream: string) =>
  db
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream)
    .orderBy('seq', 'desc')
    .executeTakeFirst();

/** The looks from `from` to before `to`, day by day as they were recorded. */
export async function* looksBetween(
  db: Db,
  teamId: string,
  { from, to }: { from: Instant | null; to: Instant | null },
): AsyncGenerator<Look> {
  const days = await db
    .selectFrom('events')
    .select('stream')
    .distinct()
    .where('team_id', '=', teamId)
    .where('stream', '>=', streamOf(from ?? '0000-01-01'))
    .where('stream', '<=', streamOf(to ?? '9999-12-31'))
    .where('stream', 'like', `${STREAM}%`)
    .orderBy('stream')
    .execute();
  for (const { stream } of days)
    for (const { event } of await readSmallStream(db, teamId, stream, recordViewed)) {
      const { type, ...look } = event;
      if ((from === null || look.at >= from) && (to === null || look.at < to)) yield look;
    }
}
