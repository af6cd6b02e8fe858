import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { claim, freeIn, pause, release, takeTurn } from '../../src/store/pace.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const TEAM = 'T0PACE';
const RATE = { everyMs: 1_000, burst: 3 };
let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = connect(database.url, createLogger({ level: 'silent' }), 8);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
const take = (bucket: string, patience = 0) => takeTurn(store.db, TEAM, bucket, RATE, patience);

describe('a bucket', () => {
  it('gives a burst of turns at once, then one at a time', async () => {
    for (let i = 0; i < 3; i++) expect(await take('burst')).toEqual({ taken: true, waitMs: 0 });
    const fourth = await take('burst');
    expect(fourth.taken).toBe(false);
    expect(fourth.waitMs).toBeGreaterThan(500);
    expect(fourth.waitMs).toBeLessThanOrEqual(1_000);
  });

  it('keeps a turn that comes within the patience of who asks, and none that does not', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) waits.push((await take('patience', 2_000)).waitMs);
    expect(waits.map((ms) => Math.ceil(ms / 1_000))).toEqual([0, 0, 0, 1, 2]);
    expect((await take('patience', 2_000)).taken).toBe(false);
    expect((await take('patience', 2_000)).taken).toBe(false);
    expect((await take('patience', 10_000)).waitMs).toBeLessThanOrEqual(3_000);
  });

  it('gives as many turns to many who ask at once as to one', async () => {
    const turns = await Promise.all(Array.from({ length: 20 }, () => take('crowd')));
    expect(turns.filter(({ taken }) => taken)).toHaveLength(3);
  });

  it('gives none while it is paused, and another bucket does', async () => {
    await pause(store.db, TEAM, 'paused', RATE, 30_000);
    const { taken, waitMs } = await take('paused', 5_000);
    expect(taken).toBe(false);
    expect(waitMs).toBeGreaterThan(29_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
    expect((await take('not paused')).taken).toBe(true);
  });

  it('is not shortened by a second pause', async () => {
    await pause(store.db, TEAM, 'twice', RATE, 60_000);
    await pause(store.db, TEAM, 'twice', RATE, 1_000);
    expect((await take('twice')).waitMs).toBeGreaterThan(59_000);
  });
});

describe('a lease', () => {
  it('is held by one of many who want it', async () => {
    const leases = await Promise.all(Array.from({ length: 10 }, () => claim(store.db, TEAM, 'one', 60_000)));
    expect(leases.filter(Boolean)).toHaveLength(1);
  });

  it('is free once given back', async () => {
    const lease = await claim(store.db, TEAM, 'back', 60_000);
    if (lease) await release(store.db, TEAM, lease);
    expect(await claim(store.db, TEAM, 'back', 60_000)).not.toBeNull();
  });

  it('ends by itself, and whoever held it then does not take it from the next', async () => {
    const old = await claim(store.db, TEAM, 'late', 0);
    const next = await claim(store.db, TEAM, 'late', 60_000);
    expect(next).not.toBeNull();
    if (old) await release(store.db, TEAM, old);
    expect(await freeIn(store.db, TEAM, 'late')).toBeGreaterThan(59_000);
  });
});
