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
 * Takes the next turn of a bucket if it comes within `patienceMs` (generic cell rate algorithm; `free_at` is when the bucket
 * is empty again).
 * @returns milliseconds until the turn, and whether it was taken; a turn not taken is anybody's
 */
export async function takeTurn(
  db: Db,
  teamId: string,
  bucket: string,
  { everyMs, burst }: Rate,
  patienceMs: number,
): Promise<{ taken: boolean; waitMs: number }> {
  const ahead = ms(everyMs * (burst - 1));
  const { rows } = await sql<{ free_at: Date; at: Date }>`
    insert into pace as p (team_id, bucket, free_at) values (${teamId}, ${bucket}, ${now} + ${ms(everyMs)})
    on conflict (team_id, bucket) do update set free_at = greatest(p.free_at, ${now}) + ${ms(everyMs)}
      where p.free_at - ${ahead} <= ${now} + ${ms(patienceMs)}
    returning free_at, ${now} as at`.execute(db);
  const taken = rows[0];
  const empty = taken ? taken.free_at.getTime() - everyMs - taken.at.getTime() : await freeIn(db, teamId, bucket);
  return { taken: taken !== undefined, waitMs: Math.max(0, empty - everyMs * (burst - 1)) };
}

/** No turn of the bucket for so long; afterwards one at a time. */
export async function pause(db: Db, teamId: string, bucket: string, rate: Rate, forMs: number): Promise<void> {
  const until = sql<string>`${now} + ${ms(forMs + rate.everyMs * (rate.burst - 1))}`;
  await sql`
    insert into pace as p (team_id, bucket, free_at) values (${teamId}, ${bucket}, ${until})
    on conflict (team_id, bucket) do update set free_at = greatest(p.free_at, ${until})`.execute(db);
}

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
