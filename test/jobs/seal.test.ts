import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sealWith } from '../../src/jobs/seal.ts';
import { createLogger } from '../../src/log.ts';
import { latestCheckpoint } from '../../src/store/seal.ts';
import { withClient } from '../support/database-url.ts';
import { createTestStore, owedIn, type TestStore } from '../support/store.ts';
import { waitFor } from '../support/wait.ts';

const NOW = '2026-11-16T09:00:00.000Z';
const MINUTE = 60_000;
const EVENT = `
  insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
  values ($1, 'request/' || $2, 1, 'nudged', 1, '{}', 'system', now(), null, encode(sha256($2::bytea), 'hex'))`;

let store: TestStore;
let team = '';
let made = 0;
/** The business clock. */
let now = NOW;

beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());
beforeEach(() => {
  team = `T0JOB${++made}`;
  now = NOW;
});
afterEach(() => vi.restoreAllMocks());

const job = () =>
  sealWith({
    ...{ db: store.db, teamId: team, clock: { now: () => now }, log: createLogger({ level: 'silent' }), key: null },
    text: { heldUp: 'held up', broken: (what) => `broken: ${what}` },
    wake: () => undefined,
  });
const happen = () => store.pool.query(EVENT, [team, String(++made)]);
const sizeOfLast = async () => (await latestCheckpoint(store.db, team))?.size ?? 0;
const sizeOfTree = async () =>
  Number((await store.db.selectFrom('seals').select('size').where('team_id', '=', team).executeTakeFirst())?.size ?? 0);
/** Tests of other files write on the same server, which can hold the seal up for a moment. */
const until = (run: () => Promise<void>, size: number) =>
  waitFor(
    async () => {
      await run();
      return (await sizeOfTree()) === size;
    },
    { what: `${size} leaves` },
  );
const alerts = async () => (await owedIn(store, team)).filter(({ kind }) => kind === 'alert');
const asOwner = (...statements: string[]) =>
  withClient(store.url, async (client) => {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) await client.query(statement, [team]);
  });

describe('sealing every minute', () => {
  it('keeps a checkpoint at once where there is none, and then one every few minutes in which something happened', async () => {
    const run = job();
    await happen();
    await until(run, 1);
    expect(await sizeOfLast()).toBe(1);
    await happen();
    await until(run, 2);
    expect(await sizeOfLast()).toBe(1);
    await asOwner(`update checkpoints set written_at = written_at - interval '4 minutes' where team_id = $1`);
    await run();
    expect(await sizeOfLast()).toBe(2);
    await asOwner(`update checkpoints set written_at = written_at - interval '4 minutes' where team_id = $1`);
    await run();
    expect(await store.db.selectFrom('checkpoints').select('size').where('team_id', '=', team).execute()).toHaveLength(
      2,
    );
  });

  it('keeps one where the business clock was moved, too', async () => {
    const run = job();
    await happen();
    await until(run, 1);
    await happen();
    now = '2026-11-16T09:10:00.000Z';
    await until(run, 2);
    expect(await latestCheckpoint(store.db, team)).toMatchObject({ size: 2, at: now });
  });

  it('tells the admins where a transaction that was left open has held it up for a quarter of an hour', async () => {
    const run = job();
    await happen();
    await until(run, 1);
    await withClient(store.url, async (forgotten) => {
      await forgotten.query('begin');
      await forgotten.query('select pg_current_xact_id()');
      await happen();
      await run();
      expect(await alerts()).toEqual([]);
      const { now: real } = performance;
      vi.spyOn(performance, 'now').mockImplementation(() => real.call(performance) + 16 * MINUTE);
      await run();
      expect(await alerts()).toEqual([{ kind: 'alert', problem: 'seal/held-up', text: 'held up', day: '2026-11-16' }]);
      await forgotten.query('rollback');
    });
    await until(run, 2);
  });

  it('tells the admins where the tree was changed, and does not go on', async () => {
    const run = job();
    await happen();
    await until(run, 1);
    await asOwner('delete from leaves where team_id = $1');
    await happen();
    await waitFor(() => run().then(undefined, () => true), { what: 'the fault to be noticed' });
    expect((await alerts())[0]).toMatchObject({
      problem: 'seal/broken',
      text: 'broken: the sealed tree has no leaf 0',
    });
    expect(await sizeOfTree()).toBe(1);
  });
});
