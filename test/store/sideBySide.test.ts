import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/schema.ts';
import { readSideBySide } from '../../src/store/sideBySide.ts';
import { createTestStore, type TestStore } from '../support/store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore(2);
  await sql`create table seen (n int)`.execute(store.db);
});
afterAll(() => store.close());

const count = async (db: Db): Promise<number> =>
  Number((await sql<{ n: string }>`select count(*) as n from seen`.execute(db)).rows[0]?.n);
const backend = async (db: Db): Promise<number | undefined> =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid;

describe('questions that are asked side by side', () => {
  it('are answered of one moment, whatever is written between them', async () => {
    // The event log's own connections write while both of the others are reading.
    const write = () => store.pool.query('insert into seen values (1)');
    const between = async (side: Db) => {
      const before = await count(side);
      await write();
      return [before, await count(side)];
    };
    const answers = await readSideBySide(store.db, { one: between, other: between, third: count, pid: backend });
    expect(answers).toEqual({ one: [0, 0], other: [0, 0], third: 0, pid: expect.any(Number) });
    expect(await count(store.db)).toBe(2);
  });

  it('go to two connections', async () => {
    let arrived = 0;
    const both = Promise.withResolvers<void>();
    const meet = async (side: Db) => {
      if (++arrived === 2) both.resolve();
      await both.promise;
      return backend(side);
    };
    const { one, other } = await readSideBySide(store.db, { one: meet, other: meet });
    expect(one).not.toBe(other);
  });

  it('may write nothing', async () => {
    const write = (side: Db) => sql`insert into seen values (1)`.execute(side);
    await expect(readSideBySide(store.db, { write })).rejects.toThrow('read-only transaction');
  });

  it('fail as the first that fails, and those who ask next are answered', async () => {
    const wrong = (side: Db) => sql`select 1 / 0`.execute(side);
    await expect(readSideBySide(store.db, { one: count, wrong })).rejects.toThrow('division by zero');
    expect(await readSideBySide(store.db, { one: count })).toEqual({ one: expect.any(Number) });
  });

  it('are asked no further once one has failed', async () => {
    const failed = Promise.withResolvers<void>();
    const asked: string[] = [];
    const wrong = (side: Db) => sql`select 1 / 0`.execute(side).finally(() => failed.resolve());
    const patient = async () => {
      asked.push('patient');
      await failed.promise;
      await new Promise((resolve) => setImmediate(resolve));
    };
    const later = async () => void asked.push('later');
    await expect(readSideBySide(store.db, { wrong, patient, later })).rejects.toThrow('division by zero');
    expect(asked).toEqual(['patient']);
  });

  it('of many at once are all answered, though each needs two of two connections', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => readSideBySide(store.db, { count })));
    expect(new Set(all.map(({ count }) => count)).size).toBe(1);
  });
});
