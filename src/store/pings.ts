/** What is to be told to a person of what is due, and what they were told when. */
import { sql } from 'kysely';
import type { Instant } from '../core/values.ts';
import { lookAgain } from './quiet.ts';
import type { Db } from './schema.ts';
import { snooze } from './snoozes.ts';

/** Something that is due to a person; the key makes it once a person and request. */
export type NewPing = {
  number: number;
  key: string;
  /** The share of the time that has passed; null for what they put off. */
  percent: number | null;
  urgent: boolean;
  dueAt: Instant;
};

/** Notes what is due to each of them; who has it already does not get it again. It is told when it suits them. */
export async function notePings(
  db: Db,
  teamId: string,
  people: string[],
  { number, key, percent, urgent, dueAt }: NewPing,
  now: Instant,
): Promise<void> {
  if (people.length === 0) return;
  await db.transaction().execute(async (trx) => {
    const about = { request_number: number, key, percent, urgent, due_at: dueAt, noted_at: now };
    const noted = await trx
      .insertInto('pings')
      .values(people.map((person) => ({ team_id: teamId, person, ...about })))
      .onConflict((oc) => oc.doNothing())
      .returning('person')
      .execute();
    const first = noted.map(({ person }) => person);
    await lookAgain(trx, teamId, first, dueAt > now ? dueAt : now);
  });
}

/** What is in one message. */
export type Ping = { number: number; percent: number | null; urgent: boolean; stale: boolean; dueAt: Instant };

/** What the message is to say, by when it fell due. */
export async function pingsIn(db: Db, teamId: string, person: string, ping: number): Promise<Ping[]> {
  const rows = await db
    .selectFrom('pings')
    .select(['request_number', 'percent', 'urgent', 'stale', 'due_at'])
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('ping', '=', ping)
    .orderBy('due_at')
    .orderBy('request_number')
    .execute();
  return rows.map(({ request_number: number, due_at, ...rest }) => ({ number, dueAt: due_at.toISOString(), ...rest }));
}

/**
 * Notes when the message went out, and which requests were in it: the others were no longer theirs. With none of them there
 * was no message, so nothing keeps them from the next one.
 */
export async function markTold(
  db: Db,
  teamId: string,
  { person, ping }: { person: string; ping: number },
  numbers: number[],
  now: Instant,
): Promise<void> {
  const within = sql<boolean>`request_number = any(${numbers}::int[])`;
  await db
    .updateTable('pings')
    .set({ left_out: sql`not ${within}`, told_at: sql`case when ${within} then ${now}::timestamptz end` })
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('ping', '=', ping)
    .where('told_at', 'is', null)
    .execute();
  if (numbers.length > 0) return;
  await db
    .updateTable('quiet')
    .set({ pinged_at: null })
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('pings', '=', ping)
    .execute();
  await lookAgain(db, teamId, [person], now);
}

/** Puts off the requests of a message; they are told of them again when that is over. @returns their numbers */
export async function putOff(
  db: Db,
  teamId: string,
  { person, ping }: { person: string; ping: number },
  { now, until }: { now: Instant; until: Instant },
): Promise<number[]> {
  const rows = await db
    .selectFrom('pings')
    .select('request_number')
    .select((eb) => eb.fn<boolean>('bool_or', ['urgent']).as('urgent'))
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('ping', '=', ping)
    .where('left_out', '=', false)
    .groupBy('request_number')
    .orderBy('request_number')
    .execute();
  const numbers = rows.map(({ request_number }) => request_number);
  await snooze(db, teamId, person, numbers, { now, until });
  for (const { request_number: number, urgent } of rows)
    await notePings(db, teamId, [person], { number, key: `again/${until}`, percent: null, urgent, dueAt: until }, now);
  return numbers;
}
