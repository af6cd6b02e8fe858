import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim, freeIn, isPaused, pause, release, takeTurn } from '../../src/store/pace.ts';
import { createTestStore, type TestStore } from '../support/store.ts';
import { waitFor } from '../support/wait.ts';

const TEAM = 'T0PACE';
const RATE = { everyMs: 1_000, burst: 3 };
let store: TestStore;
beforeAll(async () => {
  store = await createTestStore(8);
});
afterAll(() => store.close());
const take = (bucket: string) => takeTurn(store.db, TEAM, bucket, RATE);

describe('a bucket', () => {
  it('gives a burst of turns at once, then one at a time', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) waits.push(await take('burst'));
    expect(waits.map((ms) => Math.ceil(ms / 1_000))).toEqual([0, 0, 0, 1, 2, 3]);
  });

  it('gives each of many who ask at once a turn of its own', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => take('crowd')));
    expect(waits.map((ms) => Math.ceil(ms / 1_000)).toSorted((a, b) => a - b)).toEqual([
      ...[0, 0, 0],
      ...Array.from({ length: 17 }, (_, i) => i + 1),
    ]);
  });

  it('gives none while it is paused, and another bucket does', async () => {
    await pause(store.db, TEAM, 'paused', RATE, 30_000);
    expect(await isPaused(store.db, TEAM, 'paused')).toBe(true);
    const waitMs = await take('paused');
    expect(waitMs).toBeGreaterThan(29_000);
    expect(waitMs).toBeLessThanOrEqual(30_000);
    expect(await isPaused(store.db, TEAM, 'not paused')).toBe(false);
    expect(await take('not paused')).toBe(0);
  });

  it('is not shortened by a second pause', async () => {
    await pause(store.db, TEAM, 'twice', RATE, 60_000);
    await pause(store.db, TEAM, 'twice', RATE, 1_000);
    expect(await take('twice')).toBeGreaterThan(59_000);
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
    // Leases end at whole milliseconds, so this one may last to the next.
    await waitFor(() => claim(store.db, TEAM, 'late', 60_000), { what: 'the lease to end' });
    if (old) await release(store.db, TEAM, old);
    expect(await freeIn(store.db, TEAM, 'late')).toBeGreaterThan(59_000);
  });
});
