import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { isSignedBy, originOf, parseNotes, verifierKeyOf } from '../../src/proof/checkpoint.ts';
import { Frontier, isConsistent, leafHash, rootFromInclusion } from '../../src/proof/merkle.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { consistencyOf, frontierOf, leafOf, leavesOf, provedLeavesOf, subtreesOf } from '../../src/store/proofs.ts';
import { latestCheckpoint, type SealOptions, seal } from '../../src/store/seal.ts';
import { keyOnRecord, recordSealKey } from '../../src/store/sealKey.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { owedIn } from '../support/store.ts';

const AT = '2026-11-16T09:00:00.000Z';
const { privateKey: KEY } = generateKeyPairSync('ed25519');
const OPTIONS: SealOptions = { at: AT, key: null, checkpoint: false, patient: true };

let database: TestDatabase;
let store: Store;
let other: Store;
/** Each test has a workspace of its own. */
let team = '';
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const log = createLogger({ level: 'silent' });
  store = connect(database.url, log, 4);
  other = connect(database.url, log, 4);
});
afterAll(async () => {
  await Promise.all([store.close(), other.close()]);
  await database.drop();
});
beforeEach(() => {
  team = `T0SEAL${++made}`;
});

/** Events of a stream as the sealer sees them: it asks for their hashes and not for what they say. */
const EVENTS = `
  insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash, tx)
  select $1, $2, n, 'nudged', 1, '{}', 'system', now(), case when n > 1 then 'x' end,
    encode(sha256(($1 || $2 || n)::bytea), 'hex'), coalesce($5::xid8, pg_current_xact_id())
  from generate_series($3::int, $4::int) n`;
type Executor = Pick<Client, 'query'> | Store['pool'];
const write = (to: Executor, stream: string, from: number, upTo = from, tx: string | null = null) =>
  (to as Client).query(EVENTS, [team, stream, from, upTo, tx]);

/** Every event that is in the tree, in its order. */
async function sealed(): Promise<string[]> {
  const rows = await store.db
    .selectFrom('leaves')
    .select(['stream', 'seq', 'position'])
    .where('team_id', '=', team)
    .orderBy('position')
    .execute();
  expect(rows.map(({ position }) => Number(position))).toEqual(rows.map((_, index) => index));
  return rows.map(({ stream, seq }) => `${stream}/${seq}`);
}

/** The root as somebody computes it who has the events alone. */
async function rootFromEvents(size = Number.MAX_SAFE_INTEGER): Promise<Buffer> {
  const { rows } = await sql<{ hash: string }>`
    select e.hash from leaves l join events e using (team_id, stream, seq)
    where l.team_id = ${team} and l.position < ${size} order by l.position`.execute(store.db);
  const tree = new Frontier();
  for (const { hash } of rows) tree.append(leafHash(Buffer.from(hash, 'hex')));
  return tree.root();
}

describe('the sealer', () => {
  it('makes each committed event a leaf, in the order of their transactions, once', async () => {
    await write(store.pool, 'request/2', 1, 2);
    await write(store.pool, 'request/1', 1);
    await write(store.pool, 'request/2', 3);
    expect(await seal(store, team, OPTIONS)).toEqual({ sealed: 4, checkpoint: null, busy: false });
    expect(await seal(store, team, OPTIONS)).toEqual({ sealed: 0, checkpoint: null, busy: false });
    await write(store.pool, 'policy', 1);
    expect((await seal(store, team, OPTIONS)).sealed).toBe(1);
    expect(await sealed()).toEqual(['request/2/1', 'request/2/2', 'request/1/1', 'request/2/3', 'policy/1']);
  });

  it('misses none that was begun early and is committed late: what came later waits for it', async () => {
    await withClient(database.url, async (late) => {
      await late.query('begin');
      await write(late, 'request/1', 1);
      await write(store.pool, 'request/2', 1);
      expect((await seal(store, team, { ...OPTIONS, patient: false })).sealed).toBe(0);
      await late.query('commit');
    });
    await write(store.pool, 'request/3', 1);
    await seal(store, team, OPTIONS);
    expect(await sealed()).toEqual(['request/1/1', 'request/2/1', 'request/3/1']);
  });

  it('leaves no gap where a transaction is rolled back', async () => {
    await withClient(database.url, async (undone) => {
      await undone.query('begin');
      await write(undone, 'request/1', 1);
      await write(store.pool, 'request/2', 1);
      await undone.query('rollback');
    });
    await seal(store, team, OPTIONS);
    expect(await sealed()).toEqual(['request/2/1']);
  });

  it('goes on in batches, also through one transaction that wrote more than a batch', async () => {
    await write(store.pool, 'request/1', 1, 600);
    await write(store.pool, 'request/2', 1, 50);
    expect((await seal(store, team, { ...OPTIONS, batch: 100 })).sealed).toBe(650);
    const streams = await sealed();
    expect([new Set(streams).size, streams[0], streams[649]]).toEqual([650, 'request/1/1', 'request/2/50']);
    expect((await frontierOf(store.db, team, 650)).root()).toEqual(await rootFromEvents());
  });

  it('seals each event once where two replicas race', async () => {
    await write(store.pool, 'request/1', 1, 2000);
    const writing = (async () => {
      for (let n = 1; n <= 40; n++) await write(store.pool, 'request/2', n);
    })();
    const racing = [store, other].map(async (replica, index) => {
      for (let i = 0; i < 15; i++)
        await seal(replica, team, { ...OPTIONS, patient: i % 2 === index, batch: 150, checkpoint: true });
    });
    await Promise.all([writing, ...racing]);
    await seal(store, team, OPTIONS);
    const streams = await sealed();
    expect([streams.length, new Set(streams).size]).toEqual([2040, 2040]);
    expect((await frontierOf(store.db, team, 2040)).root()).toEqual(await rootFromEvents());
  });

  it('leaves it to whoever is at it', async () => {
    await write(store.pool, 'request/1', 1);
    await seal(store, team, OPTIONS);
    await write(store.pool, 'request/1', 2);
    await withClient(database.url, async (busy) => {
      await busy.query('begin');
      await busy.query('select from seals where team_id = $1 for update', [team]);
      const left = { sealed: 0, checkpoint: null, busy: true };
      expect(await seal(store, team, { ...OPTIONS, patient: false, checkpoint: true })).toEqual(left);
      await busy.query('rollback');
    });
    await seal(store, team, OPTIONS);
    expect(await sealed()).toEqual(['request/1/1', 'request/1/2']);
  });

  it('keeps workspaces apart', async () => {
    const [mine, theirs] = [team, `${team}B`];
    await write(store.pool, 'request/1', 1, 3);
    team = theirs;
    await write(store.pool, 'request/1', 1);
    await seal(store, theirs, OPTIONS);
    expect(await sealed()).toEqual(['request/1/1']);
    team = mine;
    expect(await sealed()).toEqual([]);
  });
});

/** Of transactions that this cluster has yet to begin. */
const FAR = '900000000000';
const FARTHER = '900000000001';

describe('after the database was restored into another cluster, whose transactions are numbered anew', () => {
  it('seals what came with it and had no leaf, and what is written from then on', async () => {
    await write(store.pool, 'request/1', 1, 2, FAR);
    await seal(store, team, OPTIONS);
    // As the dump had it: the sealer had come to a transaction of the old cluster, and one event more was committed.
    await store.db.updateTable('seals').set({ tx: FAR }).where('team_id', '=', team).execute();
    await write(store.pool, 'request/1', 3, 3, FARTHER);
    await write(store.pool, 'request/1', 4);
    await write(store.pool, 'request/0', 1);
    expect((await seal(store, team, { ...OPTIONS, batch: 2 })).sealed).toBe(3);
    await write(store.pool, 'request/0', 2);
    expect((await seal(store, team, { ...OPTIONS, batch: 2 })).sealed).toBe(1);
    expect((await seal(store, team, OPTIONS)).sealed).toBe(0);
    expect((await sealed()).toSorted()).toEqual(
      ['request/0/1', 'request/0/2', 'request/1/1', 'request/1/2', 'request/1/3', 'request/1/4'].toSorted(),
    );
  });

  it('seals a record that no sealer ever saw', async () => {
    await write(store.pool, 'request/1', 1, 5, FAR);
    await write(store.pool, 'request/2', 1);
    expect((await seal(store, team, { ...OPTIONS, batch: 2 })).sealed).toBe(6);
    expect((await sealed()).length).toBe(6);
  });

  it('misses none that was under way while it found its place, and seals none twice when the numbers are reached', async () => {
    await write(store.pool, 'request/5', 1, 2, FAR);
    await withClient(database.url, async (late) => {
      await late.query('begin');
      await write(late, 'request/1', 1);
      await seal(store, team, { ...OPTIONS, patient: false });
      await late.query('commit');
    });
    await write(store.pool, 'request/6', 1);
    await seal(store, team, OPTIONS);
    // The sealer stands before the old numbers now; as if the cluster had come as far as they are.
    const { rows } = await sql<{ tx: string }>`select pg_current_xact_id()::text as tx`.execute(store.db);
    await withClient(database.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query('update events set tx = $2 where team_id = $1 and tx = $3', [team, rows[0]?.tx, FAR]);
    });
    await seal(store, team, OPTIONS);
    expect((await sealed()).toSorted()).toEqual(['request/1/1', 'request/5/1', 'request/5/2', 'request/6/1']);
  });
});

describe('a checkpoint', () => {
  it('says size, root and time, is signed, and owed to be published', async () => {
    await write(store.pool, 'request/1', 1, 3);
    const { checkpoint } = await seal(store, team, { ...OPTIONS, key: KEY, checkpoint: true });
    expect(checkpoint).toMatchObject({ size: 3, root: await rootFromEvents(), at: AT });
    const [note] = parseNotes(checkpoint?.note ?? '');
    expect(note?.checkpoint).toEqual({ origin: originOf(team), size: 3, root: checkpoint?.root, at: AT });
    expect(note && isSignedBy(note, verifierKeyOf(originOf(team), KEY))).toBe(true);
    expect(await latestCheckpoint(store.db, team)).toEqual(checkpoint);
    expect(await owedIn(store, team)).toEqual([{ kind: 'publish_checkpoint', size: 3 }]);
  });

  it('is written only where the tree has grown since the last one', async () => {
    await write(store.pool, 'request/1', 1);
    expect(await latestCheckpoint(store.db, team)).toBeNull();
    const both = async () => (await seal(store, team, { ...OPTIONS, checkpoint: true })).checkpoint?.size ?? null;
    expect([await both(), await both()]).toEqual([1, null]);
    await write(store.pool, 'request/1', 2);
    expect([await both(), await both()]).toEqual([2, null]);
  });

  it('is not written of an empty record', async () => {
    expect(await seal(store, team, { ...OPTIONS, checkpoint: true })).toEqual({
      ...{ sealed: 0, checkpoint: null, busy: false },
    });
  });

  it('is left to those who have the key that is on record', async () => {
    await recordSealKey(store, team, KEY, AT);
    const stranger = generateKeyPairSync('ed25519').privateKey;
    for (const key of [null, stranger])
      expect((await seal(store, team, { ...OPTIONS, key, checkpoint: true })).checkpoint).toBeNull();
    expect((await seal(store, team, { ...OPTIONS, key: KEY, checkpoint: true })).checkpoint?.size).toBe(1);
  });

  it('waits until a change of the key is in the tree, so that the record has the key that signed it', async () => {
    await write(store.pool, 'request/1', 1);
    await seal(store, team, OPTIONS);
    await withClient(database.url, async (late) => {
      await late.query('begin');
      await write(late, 'request/2', 1);
      await recordSealKey(store, team, KEY, AT);
      const early = await seal(store, team, { ...OPTIONS, patient: false, key: KEY, checkpoint: true });
      expect(early).toEqual({ sealed: 0, checkpoint: null, busy: false });
      await late.query('commit');
    });
    expect((await seal(store, team, { ...OPTIONS, key: KEY, checkpoint: true })).checkpoint?.size).toBe(3);
  });

  it('cannot be changed or taken back, nor can the tree', async () => {
    await write(store.pool, 'request/1', 1, 256);
    await seal(store, team, { ...OPTIONS, checkpoint: true });
    for (const table of ['checkpoints', 'leaves', 'nodes'])
      for (const change of [`update ${table} set team_id = 'T0'`, `delete from ${table}`, `truncate ${table}`])
        await expect(store.pool.query(change), change).rejects.toThrow(/append-only/);
  });
});

describe('the key', () => {
  it('is on the record from when on it is used, also when there is none any more', async () => {
    const record = (key: typeof KEY | null, at: string) => recordSealKey(store, team, key, at);
    expect(await record(null, AT)).toBe(false);
    expect([await record(KEY, AT), await record(KEY, AT)]).toEqual([true, false]);
    const key = (await keyOnRecord(store.db, team))?.key;
    expect(key).toMatch(new RegExp(`^carveout/${team}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$`));
    expect([await record(null, AT), await record(null, AT)]).toEqual([true, false]);
    expect(await keyOnRecord(store.db, team)).toMatchObject({ seq: 2, key: null });
  });

  it('is recorded once where two replicas start at once', async () => {
    await Promise.all([store, other, store, other].map((replica) => recordSealKey(replica, team, KEY, AT)));
    expect(await keyOnRecord(store.db, team)).toMatchObject({ seq: 1 });
  });
});

describe('what is read back from the tree', () => {
  // Larger than one stored block and not a round number.
  const SIZE = 700;
  beforeEach(async () => {
    await write(store.pool, 'request/1', 1, 300);
    await write(store.pool, 'request/2', 1, SIZE - 300);
    await seal(store, team, { ...OPTIONS, batch: 97 });
  });

  it('proves every event of a stream against a checkpoint, and against an earlier one those that it stands for', async () => {
    for (const [stream, size, count] of [
      ['request/1', SIZE, 300],
      ['request/2', SIZE, 400],
      ['request/2', 302, 2],
      ['request/9', SIZE, 0],
    ] as const) {
      const root = await rootFromEvents(size);
      const proved = await provedLeavesOf(store.db, team, stream, size);
      expect(proved.length).toBe(count);
      for (const { hash, position, proof } of proved)
        expect(rootFromInclusion(hash, position, size, proof)).toEqual(root);
    }
  });

  it('proves that a later tree begins with an earlier one', async () => {
    const newer = { size: SIZE, root: await rootFromEvents(SIZE) };
    for (const size of [1, 255, 256, 257, 512, 699, SIZE]) {
      const older = { size, root: await rootFromEvents(size) };
      expect(isConsistent(older, newer, await consistencyOf(store.db, team, size, SIZE)), `${size}`).toBe(true);
    }
  });

  it('finds the leaf of an event, and none for what is not sealed', async () => {
    const leaf = await leafOf(store.db, team, 'request/2', 1);
    expect(leaf).toMatchObject({ stream: 'request/2', seq: 1, position: 300 });
    expect(await leafOf(store.db, team, 'request/2', 999)).toBeNull();
    expect((await leavesOf(store.db, team, 'request/1')).map(({ seq }) => seq).slice(0, 3)).toEqual([1, 2, 3]);
  });

  it('says so where the tree is not whole', async () => {
    await withClient(database.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query('delete from nodes where team_id = $1 and position = 1', [team]);
      await client.query('delete from leaves where team_id = $1 and position = 690', [team]);
    });
    const tree = subtreesOf(store.db, team);
    await expect(tree(8, 1)).rejects.toThrow('the sealed tree has no node of level 8 at 1');
    await expect(tree(1, 345)).rejects.toThrow('the sealed tree has no leaf 690');
    await expect(tree(3, 1)).resolves.toHaveLength(32);
  });
});
