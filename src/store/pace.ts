/**
 * Buckets that are free again at some instant of the database's clock, shared by all replicas: Slack's limits, and what only
 * one worker may do at a time.
 */
import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** One turn every so many milliseconds; after a rest, `burst` turns at once. */
export type Rate = { everyMs: number; burst: number };

const ms = (n: number) => sql`make_interval(secs => ${n / 1000})`;
const now = sql<string>`clock_timestamp()`;

/**
 * Takes the next turn of a bucket (generic cell rate algorithm; `free_at` is when the bucket is empty again). However far off
 * it is, it is nobody else's: thousands that wait for one channel each come back once, in their order.
 * @returns milliseconds until the turn
 */
export async function takeTurn(db: Db, teamId: string, bucket: string, { everyMs, burst }: Rate): Promise<number> {
  const { rows } = await sql<{ free_at: Date; at: Date }>`
    insert into pace as p (team_id, bucket, free_at) values (${teamId}, ${bucket}, ${now} + ${ms(everyMs)})
    on conflict (team_id, bucket) do update set free_at = greatest(p.free_at, ${now}) + ${ms(everyMs)}
    returning free_at, ${now} as at`.execute(db);
  const [taken] = rows;
  if (!taken) throw new Error(`no turn of ${bucket} was given`);
  return Math.max(0, taken.free_at.getTime() - taken.at.getTime() - everyMs * burst);
}

const pausedBucket = (bucket: string) => `${bucket}!`;

/** No turn of the bucket for so long; afterwards one at a time. Turns that were taken before are void until then. */
export async function pause(db: Db, teamId: string, bucket: string, rate: Rate, forMs: number): Promise<void> {
  const until = sql<string>`${now} + ${ms(forMs + rate.everyMs * (rate.burst - 1))}`;
  await sql`
    insert into pace as p (team_id, bucket, free_at)
    values (${teamId}, ${bucket}, ${until}), (${teamId}, ${pausedBucket(bucket)}, ${now} + ${ms(forMs)})
    on conflict (team_id, bucket) do update set free_at = greatest(p.free_at, excluded.free_at)`.execute(db);
}

export const isPaused = async (db: Db, teamId: string, bucket: string): Promise<boolean> =>
  (await freeIn(db, teamId, pausedBucket(bucket))) > 0;

/** Milliseconds until the bucket is free; 0 or less where it is. */
export async function freeIn(db: Db, teamId: string, bucket: string): Promise<number> {
  const row = await db
    .selectFrom('pace')
    .select(sql<number>`(extract(epoch from free_at - ${now}) * 1000)::float8`.as('ms'))
    .where('team_id', '=', teamId)
    .where('bucket', '=', bucket)
    .executeTakeFirst();
  return row?.ms ?? 0;
}

/** The right to do something that only one may do at a time. It ends by itself, so a crashed holder blocks nobody for long. */
export type Lease = { bucket: string; until: Date };

/** @returns null where somebody else holds it */
export async function claim(db: Db, teamId: string, bucket: string, forMs: number): Promise<Lease | null> {
  const { rows } = await sql<{ free_at: Date }>`
    insert into pace as p (team_id, bucket, free_at) values (${teamId}, ${bucket}, ${now} + ${ms(forMs)})
    on conflict (team_id, bucket) do update set free_at = ${now} + ${ms(forMs)} where p.free_at <= ${now}
    returning free_at`.execute(db);
  return rows[0] ? { bucket, until: rows[0].free_at } : null;
}

/** Gives a lease back, unless it ran out and is somebody else's by now. */
export async function release(db: Db, teamId: string, { bucket, until }: Lease): Promise<void> {
  await db
    .deleteFrom('pace')
    .where('team_id', '=', teamId)
    .where('bucket', '=', bucket)
    .where('free_at', '=', until)
    .execute();
}
