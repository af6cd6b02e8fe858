/** Which committed events have no leaf yet, a batch at a time. */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** How far the sealer has come. */
export type Cursor = {
  /** Leaves. */
  size: number;
  /** The event that was sealed last. Transactions' numbers have 64 bits, hence text. */
  tx: string;
  stream: string;
  seq: number;
  elsewhere: string | null;
};
export type Unsealed = { stream: string; seq: number; hash: string };
type Batch = {
  events: Unsealed[];
  cursor: Cursor;
  /** Whether there may be more. */
  more: boolean;
};
export type Reader = (trx: Db, cursor: Cursor) => Promise<Batch>;

type Row = Unsealed & { tx: string; sealed: boolean };

/** One look at the tree an event, whatever the planner believes of tables that were empty a moment ago. */
const withLeaf = sql`
  left join lateral (
    select true as sealed from leaves l where l.team_id = e.team_id and l.stream = e.stream and l.seq = e.seq limit 1
  ) l on true`;
/**
 * Until the end of the transaction: along the index, which has the order that is asked for. A planner whose statistics are of
 * an hour ago would read everything that is left for every batch, and sort it.
 */
const alongTheIndex = sql`select set_config(name, 'off', true)
  from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) as name`;
const columns = sql`e.tx::text as tx, e.stream, e.seq, e.hash, coalesce(l.sealed, false) as sealed`;

/**
 * In the order of transactions, as far as none is under way any more: one that began early and commits late still comes
 * after the cursor. The price is that a transaction left open, in whatever database of the server, holds the seal up.
 */
export const byTransaction =
  (teamId: string, limit: number): Reader =>
  async (trx, cursor) => {
    await alongTheIndex.execute(trx);
    const { rows } = await sql<Row>`
      select ${columns} from (
        select * from events
        where team_id = ${teamId} and (tx, stream, seq) > (${cursor.tx}::xid8, ${cursor.stream}, ${cursor.seq})
          and tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx, stream, seq limit ${limit}
      ) e ${withLeaf} order by e.tx, e.stream, e.seq`.execute(trx);
    const last = rows.at(-1);
    const moved = last && { tx: last.tx, stream: last.stream, seq: last.seq };
    return {
      events: rows.filter(({ sealed }) => !sealed),
      cursor: { ...cursor, ...moved },
      more: rows.length === limit,
    };
  };

/**
 * A database that was dumped and restored into another cluster has transactions with numbers that this one has yet to give
 * away: the next ones come before the cursor, and nobody can tell by them what happened when.
 * @returns what reads all that has no leaf nevertheless, after which the cursor goes on in the new numbers; null where
 * nothing of the kind is found
 */
export async function afterRestore(db: Db, teamId: string, limit: number): Promise<Reader | null> {
  const { rows } = await sql<{ restored: boolean; begin: string; elsewhere: string | null }>`
    select s.tx >= now.xmax or (coalesce(e.tx >= now.xmax, false) and e.tx is distinct from s.elsewhere) as restored,
      now.xmin::text as begin, case when e.tx >= now.xmax then e.tx end::text as elsewhere
    from (
      select pg_snapshot_xmin(pg_current_snapshot()) as xmin, pg_snapshot_xmax(pg_current_snapshot()) as xmax
    ) now
    join seals s on s.team_id = ${teamId}
    left join lateral (select tx from events where team_id = ${teamId} order by tx desc limit 1) e on true`.execute(db);
  const [found] = rows;
  return found?.restored ? byStream(teamId, limit, found) : null;
}

function byStream(teamId: string, limit: number, { begin, elsewhere }: { begin: string; elsewhere: string | null }) {
  let after = { stream: '', seq: 0 };
  const read: Reader = async (trx, cursor) => {
    await alongTheIndex.execute(trx);
    const { rows } = await sql<Row>`
      select ${columns} from (
        select * from events where team_id = ${teamId} and (stream, seq) > (${after.stream}, ${after.seq})
        order by stream, seq limit ${limit}
      ) e ${withLeaf} order by e.stream, e.seq`.execute(trx);
    after = rows.at(-1) ?? after;
    const events = rows.filter(({ sealed }) => !sealed);
    if (rows.length === limit) return { events, cursor, more: true };
    // What was under way when this began may stand where it has looked already; its number is not below this one.
    return { events, cursor: { ...cursor, tx: begin, stream: '', seq: 0, elsewhere }, more: false };
  };
  return read;
}

/** Whether there are events that the sealer cannot take yet, because a transaction is under way that began before them. */
export async function isHeldUp(db: Db, teamId: string): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (
      select from seals s join events e on e.team_id = s.team_id and e.tx > s.tx
      where s.team_id = ${teamId} and e.tx >= pg_snapshot_xmin(pg_current_snapshot())
        and e.tx < pg_snapshot_xmax(pg_current_snapshot())
    ) as waiting`.execute(db);
  return rows[0]?.waiting ?? false;
}

const PATIENCE = 5_000;
const LOOK_EVERY = 20;

/** Resolves when the transactions that are under way have ended, or after some seconds of waiting for them. */
export async function othersEnd(db: Db): Promise<void> {
  const { rows } = await sql<{ next: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(
    db,
  );
  const next = rows[0]?.next ?? '0';
  for (const until = performance.now() + PATIENCE; performance.now() < until; await delay(LOOK_EVERY)) {
    const ended = sql<{ ended: boolean }>`select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as ended`;
    if ((await ended.execute(db)).rows[0]?.ended) return;
  }
}
