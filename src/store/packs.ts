/** What evidence packs are made of: plain reads, all of them from whatever moment the given transaction sees. */
import { sql } from 'kysely';
import type { Status } from '../core/request.ts';
import type { Db, Row } from './schema.ts';

/** Every event of a stream, in order, as it is stored. */
export const storedEvents = (db: Db, teamId: string, stream: string): Promise<Omit<Row<'events'>, 'tx'>[]> =>
  db
    .selectFrom('events')
    .select(['team_id', 'stream', 'seq', 'type', 'schema_version', 'data', 'actor', 'at', 'prev_hash', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream)
    .orderBy('seq')
    .execute();

/** Every version of the policy with its text, the oldest first. */
export const policyTexts = (
  db: Db,
  teamId: string,
): Promise<Pick<Row<'policies'>, 'version' | 'sha256' | 'document' | 'published_at'>[]> =>
  db
    .selectFrom('policies')
    .select(['version', 'sha256', 'document', 'published_at'])
    .where('team_id', '=', teamId)
    .orderBy('version')
    .execute();

/** The newest checkpoints before one of `size` that were published anywhere, the oldest first. */
export async function publishedBefore(
  db: Db,
  teamId: string,
  size: number,
  limit: number,
): Promise<{ size: number; note: string }[]> {
  const rows = await db
    .selectFrom('checkpoints')
    .select(['size', 'note'])
    .where('team_id', '=', teamId)
    .where('size', '<', String(size))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('publications')
          .select('place')
          .whereRef('publications.team_id', '=', 'checkpoints.team_id')
          .whereRef('publications.size', '=', 'checkpoints.size'),
      ),
    )
    .orderBy('size', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map((row) => ({ ...row, size: Number(row.size) }));
}

export type Counted = {
  number: number;
  status: Status;
  value: string;
  currency: string;
  askedAt: Date;
  /** Whether it was asked for before the checkpoint, and whether nothing has happened to it since. */
  sealed: boolean;
  whole: boolean;
};

/** Requests from `after` on, by number, and how they stand to a checkpoint of `size`. */
export async function countedRequests(
  db: Db,
  teamId: string,
  { size, after, limit }: { size: number; after: number; limit: number },
): Promise<Counted[]> {
  const leaf = (seq: ReturnType<typeof sql>) => sql`exists (
    select from leaves l where l.team_id = r.team_id and l.stream = 'request/' || r.number and l.seq = ${seq}
      and l.position < ${size})`;
  const { rows } = await sql<Counted>`
    select number, status, value::text, state ->> 'currency' as currency, submitted_at as "askedAt",
      ${leaf(sql`1`)} as sealed, ${leaf(sql`r.version`)} as whole
    from requests r where team_id = ${teamId} and number > ${after} order by number limit ${limit}`.execute(db);
  return rows;
}

/** What is read at a time. */
const PIECE = 2 * 1024 * 1024;

/**
 * A file of the evidence, piece by piece, so that no more of it is in memory.
 * @param sha256 of the bytes, in hex
 * @returns null where there are none any more
 */
export async function bytesOf(db: Db, teamId: string, sha256: string): Promise<AsyncIterable<Buffer> | null> {
  const of = db.selectFrom('blobs').where('team_id', '=', teamId).where('sha256', '=', sha256);
  const row = await of.select(sql<number | null>`length(bytes)`.as('length')).executeTakeFirst();
  const length = row?.length ?? null;
  if (length === null) return null;
  async function* pieces() {
    for (let at = 0; at < Number(length); at += PIECE) {
      const piece = sql<Buffer>`substring(bytes from ${at + 1}::int for ${PIECE}::int)`.as('piece');
      yield (await of.select(piece).executeTakeFirstOrThrow()).piece;
    }
  }
  return pieces();
}
