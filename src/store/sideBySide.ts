/** Several questions at once whose answers are of one moment: two transactions that share a snapshot of the database. */
import { sql } from 'kysely';
import type { Db } from './schema.ts';

type Reads = Readonly<Record<string, (side: Db) => Promise<unknown>>>;
type Answers<R extends Reads> = { [K in keyof R]: Awaited<ReturnType<R[K]>> };

/** Whoever has one connection and waits for the other must not wait for somebody who does the same: one at a time. */
const turns = new WeakMap<Db, Promise<unknown>>();

/** Nothing can be written meanwhile. Each question goes to the side that is free, so those that take long come first. */
export function readSideBySide<R extends Reads>(db: Db, reads: R): Promise<Answers<R>> {
  const before = turns.get(db) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => inOneMoment(db, (sides) => answered(sides, reads)));
  turns.set(db, mine);
  return mine;
}

/**
 * For questions about hundreds of thousands of rows: how many groups they fall into is not known beforehand, and with the little
 * memory that is usual all of them would be sorted on disk first.
 */
const LARGE = [sql`set local work_mem to '64MB'`, sql`set local jit to off`];

const inOneMoment = <T>(db: Db, use: (sides: Db[]) => Promise<T>): Promise<T> =>
  readOnly(db, async (one) => {
    const { rows } = await sql<{ id: string }>`select pg_export_snapshot() as id`.execute(one);
    return readOnly(db, async (other) => {
      await sql`set transaction snapshot ${sql.lit(rows[0]?.id ?? '')}`.execute(other);
      for (const side of [one, other]) for (const setting of LARGE) await setting.execute(side);
      return use([one, other]);
    });
  });

const readOnly = <T>(db: Db, use: (trx: Db) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(use);

async function answered<R extends Reads>(sides: readonly Db[], reads: R): Promise<Answers<R>> {
  const left = Object.entries(reads);
  const answers: Record<string, unknown> = {};
  const ask = async (side: Db) => {
    try {
      for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await next[1](side);
    } catch (error) {
      // Nobody needs the rest.
      left.length = 0;
      throw error;
    }
  };
  const done = await Promise.allSettled(sides.map(ask));
  // Neither side is given back while the other still reads.
  for (const side of done) if (side.status === 'rejected') throw side.reason;
  return answers as Answers<R>;
}
